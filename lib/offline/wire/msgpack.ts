import type { Type } from '../schema/schema';
import { Dynamic, isList, UNKNOWN, Unknown, type ObjectValue, type Value } from './values';

/**
 * MessagePack as Terraform's plugin protocol uses it ("Wire Format for Terraform Objects" in Terraform's repository):
 * any extension is an unknown value; a pair that starts with binary data is a dynamically typed value.
 */
export function decodeValue(bytes: Buffer): Value {
  return new Decoder(bytes).value() as Value;
}

export function encodeValue(value: Value): Buffer {
  const encoder = new Encoder();
  encoder.value(value);
  return encoder.bytes();
}

class Decoder {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** A value, or the bytes of a type that precedes a dynamic value. */
  value(): Value | Buffer {
    const { bytes } = this;
    const tag = bytes[this.at++]!;
    if (tag < 0x80) return tag;
    if (tag < 0x90) return this.object(tag & 0x0f);
    if (tag < 0xa0) return this.list(tag & 0x0f);
    if (tag < 0xc0) return this.text(tag & 0x1f);
    if (tag >= 0xe0) return tag - 0x100;
    switch (tag) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.size(tag - 0xc4));
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.extension(this.size(tag - 0xc7));
      case 0xca:
        return this.take(4).readFloatBE(0);
      case 0xcb:
        return this.take(8).readDoubleBE(0);
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.size(tag - 0xcc);
      case 0xcf:
        return small(this.take(8).readBigUInt64BE(0));
      case 0xd0:
        return this.take(1).readInt8(0);
      case 0xd1:
        return this.take(2).readInt16BE(0);
      case 0xd2:
        return this.take(4).readInt32BE(0);
      case 0xd3:
        return small(this.take(8).readBigInt64BE(0));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.extension(1 << (tag - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.text(this.size(tag - 0xd9));
      case 0xdc:
      case 0xdd:
        return this.list(this.size(tag - 0xdc + 1));
      case 0xde:
      case 0xdf:
        return this.object(this.size(tag - 0xde + 1));
      default:
        throw new Error(`MessagePack has no type 0x${tag.toString(16)}`);
    }
  }

  /** An unsigned integer of 1, 2 or 4 bytes. */
  private size(power: number): number {
    const width = 1 << power;
    const size = this.bytes.readUIntBE(this.at, width);
    this.at += width;
    return size;
  }

  private take(length: number): Buffer {
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }

  private text(length: number): string {
    const text = this.bytes.toString('utf8', this.at, this.at + length);
    this.at += length;
    return text;
  }

  private extension(length: number): Unknown {
    this.at += 1 + length;
    return UNKNOWN;
  }

  private list(length: number): Value {
    const items = Array.from({ length }, () => this.value());
    const [type, value] = items;
    if (items.length === 2 && Buffer.isBuffer(type)) {
      return new Dynamic(JSON.parse(type.toString('utf8')) as Type, value as Value);
    }
    return items as Value[];
  }

  private object(length: number): ObjectValue {
    const fields: Record<string, Value> = {};
    for (let i = 0; i < length; i += 1) {
      const key = this.value() as string;
      fields[key] = this.value() as Value;
    }
    return fields;
  }
}

function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

class Encoder {
  private buffer = Buffer.allocUnsafe(1024);
  private length = 0;

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  value(value: Value): void {
    if (value === null) this.byte(0xc0);
    else if (typeof value === 'string') this.text(value);
    else if (typeof value === 'boolean') this.byte(value ? 0xc3 : 0xc2);
    else if (typeof value === 'number') this.number(value);
    else if (typeof value === 'bigint') this.text(value.toString());
    // "fixext 1" with type 0: an unknown value without refinements.
    else if (value instanceof Unknown) this.raw(Buffer.from([0xd4, 0, 0]));
    else if (value instanceof Dynamic) this.dynamic(value);
    else if (isList(value)) this.list(value);
    else this.object(value as ObjectValue);
  }

  private dynamic({ type, value }: Dynamic): void {
    const bytes = Buffer.from(JSON.stringify(type));
    this.byte(0x92);
    this.sized(0xc4, bytes.length);
    this.raw(bytes);
    this.value(value);
  }

  private list(items: readonly Value[]): void {
    if (items.length < 16) this.byte(0x90 | items.length);
    else this.sized(0xdb, items.length, 1);
    for (const item of items) this.value(item);
  }

  private object(fields: ObjectValue): void {
    const keys = Object.keys(fields);
    if (keys.length < 16) this.byte(0x80 | keys.length);
    else this.sized(0xdd, keys.length, 1);
    for (const key of keys) {
      this.text(key);
      this.value(fields[key]!);
    }
  }

  private number(value: number): void {
    if (Number.isInteger(value) && value >= 0 && value < 0x80) this.byte(value);
    else if (Number.isInteger(value) && value >= -0x80000000 && value <= 0x7fffffff) {
      this.room(5);
      this.buffer[this.length] = 0xd2;
      this.buffer.writeInt32BE(value, this.length + 1);
      this.length += 5;
    } else {
      this.room(9);
      this.buffer[this.length] = 0xcb;
      this.buffer.writeDoubleBE(value, this.length + 1);
      this.length += 9;
    }
  }

  private text(text: string): void {
    const size = Buffer.byteLength(text);
    if (size < 32) this.byte(0xa0 | size);
    else this.sized(0xd9, size);
    this.room(size);
    this.buffer.write(text, this.length, 'utf8');
    this.length += size;
  }

  /** A tag and a size of 1, 2 or 4 bytes; the tags of the three sizes are consecutive. */
  private sized(firstTag: number, size: number, smallest = 0): void {
    const needed = size < 0x100 ? 0 : size < 0x10000 ? 1 : 2;
    const power = Math.max(needed, smallest);
    this.byte(firstTag + power);
    this.room(4);
    this.buffer.writeUIntBE(size, this.length, 1 << power);
    this.length += 1 << power;
  }

  private byte(byte: number): void {
    this.room(1);
    this.buffer[this.length] = byte;
    this.length += 1;
  }

  private raw(bytes: Buffer): void {
    this.room(bytes.length);
    bytes.copy(this.buffer, this.length);
    this.length += bytes.length;
  }

  private room(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + size));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
