import { ref, text } from '../core/shape';

/** A web ACL, a `WebAcl` or an existing one as a plain object. Regional, in the load balancer's region. */
export interface WebAclRef {
  readonly webAclArn: string;
}

/**
 * Regional, and not one for CloudFront. Source: "AWS WAF", resource types,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
const WEB_ACL_ARN = /^arn:(?!aws[a-z-]*:(?!wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/))./;

export const WEB_ACL_REF = ref<WebAclRef>('a web ACL, such as new WebAcl(...)', {
  webAclArn: text(
    'the ARN of a regional web ACL, such as arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/12345678-1234-1234-1234-123456789012',
    WEB_ACL_ARN,
  ),
});
