import { ingress } from '../../../lib/addons/ingress/ingress';
import { describeAddOn } from '../../support/add-on-contract';

describeAddOn('ingress', () => ingress());
