'use strict';
const { App, TerraformStack } = require('cdktf');
const { AwsProvider } = require('@cdktf/provider-aws/lib/provider');

const app = new App();
new AwsProvider(new TerraformStack(app, 'empty'), 'aws', { region: 'eu-west-1' });
app.synth();
