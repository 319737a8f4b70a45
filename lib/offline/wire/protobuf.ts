/** The fields of a protobuf message, by number: integers, and bytes for length-delimited fields. */
export class Message {
  private readonly fields = new Map<number, (number | Buffer)[]>();

  constructor(bytes: Buffer) {
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let scale = 1; ; scale *= 0x80) {
        const byte = bytes[at++]!;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) return value;
      }
    };
    while (at < bytes.length) {
      const tag = varint();
      const wire = tag & 7;
      let value: number | Buffer;
      if (wire === 0) value = varint();
      else if (wire === 2) {
        const length = varint();
        value = bytes.subarray(at, at + length);
        at += length;
      } else {
        const length = wire === 1 ? 8 : 4;
        value = bytes.subarray(at, at + length);
        at += length;
      }
      const field = tag >>> 3;
      const values = this.fields.get(field);
      if (values) values.push(value);
      else this.fields.set(field, [value]);
    }
  }

  bytes(field: number): Buffer {
    const value = this.fields.get(field)?.at(-1);
    return Buffer.isBuffer(value) ? value : EMPTY;
  }

  text(field: number): string {
    return this.bytes(field).toString('utf8');
  }

  integer(field: number): number {
    const value = this.fields.get(field)?.at(-1);
    return typeof value === 'number' ? value : 0;
  }

  message(field: number): Message {
    return new Message(this.bytes(field));
  }
}

const EMPTY = Buffer.alloc(0);

/** A field to write: bytes, text, or an integer. Zero and empty values are protobuf's defaults and are omitted. */
export type ProtobufField = readonly [field: number, value: Buffer | string | number | boolean | undefined];

/** Writes a message. Repeated fields are repeated entries; a nested message is its bytes, written even if empty. */
export function message(...fields: readonly ProtobufField[]): Buffer {
  const parts: Buffer[] = [];
  for (const [field, value] of fields) {
    if (typeof value === 'number' || typeof value === 'boolean') {
      const integer = Number(value);
      if (integer !== 0) parts.push(varint(field << 3), varint(integer));
    } else if (value !== undefined && value !== '') {
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      parts.push(varint((field << 3) | 2), varint(bytes.length), bytes);
    }
  }
  return Buffer.concat(parts);
}

/** Non-negative integers only: the messages written here have no others. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
