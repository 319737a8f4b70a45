/** An ECR repository: an `ImageRepository`, or an existing one as a plain object. */
export interface ImageRepositoryRef {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  /** The image reference without `:tag` or `@digest`. */
  readonly repositoryUrl: string;
}
