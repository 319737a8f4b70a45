/** An ECR repository, of ours or an existing one as a plain object. */
export interface ImageRepositoryRef {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  /** What stands before `:tag` or `@digest`. */
  readonly repositoryUrl: string;
}
