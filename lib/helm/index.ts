// An entry point of its own: whoever needs no chart needs no Helm provider.
export { helmAddOn, type HelmAddOnProps } from './helm-add-on';
export { type HelmValues } from './values';
