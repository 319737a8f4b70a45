/** What a provider was asked to do. */
export interface Operation {
  readonly operation: 'create' | 'update' | 'delete' | 'read' | 'import' | 'read-data';
  /** The resource type; Terraform tells a provider no address. */
  readonly type: string;
  readonly id?: string;
  /** Milliseconds, on the clock of `performance.now()`. */
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

  /** How many objects with this very configuration were made before: they need ids of their own. */
  duplicateIndex(configuration: string): number {
    const count = this.duplicates.get(configuration) ?? 0;
    this.duplicates.set(configuration, count + 1);
    return count;
  }
}
