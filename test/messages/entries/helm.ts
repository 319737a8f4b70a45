import type { Construct } from 'constructs';
import { helmAddOn, type HelmAddOnProps } from '../../../lib/helm/helm-add-on';
import { acknowledge } from '../../../lib/core/acknowledge';
import { provideFacts } from '../../../lib/platform/provide-facts';
import { testFacts, testPlatform } from '../../support/platform';
import { group, inStack, type Group } from '../try';

interface Input extends Partial<HelmAddOnProps> {
  readonly isAcknowledged?: boolean;
}

const chart = (input: Input): HelmAddOnProps => {
  const { isAcknowledged: _, ...props } = input;
  return {
    name: 'cert-manager',
    chart: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: '1.19.2',
    namespace: 'cert-manager',
    ...props,
  };
};

export const GROUPS: readonly Group[] = [
  group(
    inStack((stack, input: Input) => {
      helmAddOn(chart(input)).platform!(stack as Construct, testPlatform(stack), {});
    }),
    {
      '{} looks like a secret, and values are stored in the state in plain text: use a Kubernetes Secret, and pass its name to the chart':
        {
          wrong: { values: { admin: { password: 'hunter2' } } },
          right: { values: { admin: { existingSecret: 'admin' } } },
        },
    },
  ),
  group(
    inStack((stack, { isAcknowledged }: Input) => {
      provideFacts(stack, testFacts({ images: { pin: 'digest' } }));
      if (isAcknowledged) acknowledge(stack, 'chart-images-unchecked', 'its values have digests');
      helmAddOn(chart({})).platform!(stack as Construct, testPlatform(stack), {});
    }),
    {
      "the environment's image policy does not apply to the images of chart '{}': set them in values": {
        wrong: {},
        right: { isAcknowledged: true },
        unnamed: 'the input is the acknowledgement: values are not known',
      },
    },
  ),
];
