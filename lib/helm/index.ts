// A separate entry point: without charts the Helm provider is not needed.
export { helmAddOn, type HelmAddOnProps } from './helm-add-on';
export { type HelmValues } from './values';
