/** An operation that a provider performed. */
export interface Operation {
  readonly operation: 'create' | 'update' | 'delete' | 'read' | 'import' | 'read-data';
  /** The resource type; Terraform does not pass addresses to providers. */
  readonly type: string;
  readonly id?: string;
  /** Milliseconds, as from `performance.now()`. */
  readonly start: number;
  readonly end: number;
}

/** The operations of one stack's providers, in order. */
export class OperationLog {
  private readonly entries: Operation[] = [];
  private readonly duplicates = new Map<string, number>();

  get operations(): readonly Operation[] {
    return [...this.entries];
  }

  add(operation: Operation): void {
    this.entries.push(operation);
  }

  /** The number of objects already created with the same configuration, which need different ids. */
  duplicateIndex(configuration: string): number {
    const count = this.duplicates.get(configuration) ?? 0;
    this.duplicates.set(configuration, count + 1);
    return count;
  }
}
