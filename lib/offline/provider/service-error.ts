/** An error that the service behind a provider would return. */
export class ServiceError extends Error {
  constructor(
    readonly summary: string,
    readonly detail: string,
  ) {
    super(`${summary}: ${detail}`);
    this.name = 'ServiceError';
  }
}
