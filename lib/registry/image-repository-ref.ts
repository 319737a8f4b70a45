import { ref, text } from '../core/shape';

/** An ECR repository: an `ImageRepository`, or an existing one as a plain object. */
export interface ImageRepositoryRef {
  readonly repositoryName: string;
  readonly repositoryArn: string;
  /** The image reference without `:tag` or `@digest`. */
  readonly repositoryUrl: string;
}

export const IMAGE_REPOSITORY_REF = ref<ImageRepositoryRef>('a repository, such as new ImageRepository(...)', {
  repositoryName: text(),
  repositoryArn: text(
    'an ARN, such as arn:aws:ecr:eu-west-1:123456789012:repository/shop',
    /^arn:aws[a-z-]*:ecr:[a-z\d-]+:\d{12}:repository\/[^*?]+$/,
  ),
  repositoryUrl: text(),
});
