import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { AwsStack } from '../../../../lib/core/aws-stack';
import { findTerraform } from '../../../../lib/offline/terraform/find-terraform';

const directories: string[] = [];

/** Synthesizes an app to its own directory, which `removeSynthesized` removes. */
export function synthesize(build: (app: App) => void): string {
  const outdir = mkdtempSync(join(tmpdir(), 'offline-test-'));
  directories.push(outdir);
  const app = new App({ outdir });
  build(app);
  app.synth();
  return outdir;
}

/** An app with one stack, `test`. */
export function synthesizeStack(build: (stack: AwsStack) => void): string {
  return synthesize((app) => build(new AwsStack(app, 'test', PLACE)));
}

export const PLACE = { account: '111122223333', region: 'eu-west-1', tags: { team: 'platform' } } as const;

export function removeSynthesized(): void {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** Runs its tests if Terraform or OpenTofu is installed. */
export const describeWithTerraform: jest.Describe = hasTerraform()
  ? describe
  : (Object.assign(
      (name: string, tests: () => void) =>
        describe.skip(`${name} (skipped: neither terraform nor tofu is on the PATH)`, tests),
      describe,
    ) as unknown as jest.Describe);

function hasTerraform(): boolean {
  try {
    findTerraform();
    return true;
  } catch {
    return false;
  }
}
