'use strict';
// Production's resources, created by an app that imports the whole provider and uses plain cdktf. Their configuration is
// read from the stack that `bench/run.js` synthesized, so both have the same content.
const fs = require('node:fs');
const { App, TerraformResource, TerraformStack } = require('cdktf');
const aws = require('@cdktf/provider-aws');

const { resource } = JSON.parse(fs.readFileSync(process.env.PRODUCTION_JSON, 'utf8'));
const classes = new Map(
  Object.values(aws)
    .flatMap((namespace) => Object.values(namespace))
    .filter((value) => value?.prototype instanceof TerraformResource)
    .map((value) => [value.tfResourceType, value]),
);

/** Converts attribute names to cdktf's props; the keys of a map (tags) are data. */
function camelCased(value) {
  if (Array.isArray(value)) return value.map(camelCased);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['//', 'lifecycle', 'depends_on', 'provisioner'].includes(key))
      .map(([key, item]) => [
        key.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase()),
        key.startsWith('tags') ? item : camelCased(item),
      ]),
  );
}

const app = new App();
const stack = new TerraformStack(app, 'naive');
new aws.provider.AwsProvider(stack, 'aws', { region: 'eu-west-1' });
for (const [type, byId] of Object.entries(resource)) {
  const Resource = classes.get(type);
  if (!Resource) continue;
  for (const [id, attributes] of Object.entries(byId)) new Resource(stack, id, camelCased(attributes));
}
app.synth();
