import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What Terraform receives of the caller's environment: where programs are, locale and time zone, and input variables
 * of the stacks (`TF_VAR_*`). Anything else may be a secret, or change what Terraform does.
 */
const PASSED = /^(PATH|LANG|LANGUAGE|LC_[A-Z]+|TZ|TF_VAR_.+)$/;
/** What a download needs in addition: proxies and certificate authorities. Only `init` of a stack with modules does. */
const FOR_DOWNLOADS = /^(HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy|SSL_CERT_(FILE|DIR)|GIT_SSL_CAINFO)$/;
/** Providers must not be installed: one without a mock is missing. */
const CLI_CONFIG =
  'disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = "/dev/null"\n  }\n}\n';
const QUIET = { CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', TF_INPUT: '0' };

/** Downloads of modules are anonymous, and run no program that the user's or the system's configuration names. */
const ANONYMOUS = {
  AWS_EC2_METADATA_DISABLED: 'true',
  GIT_ALLOW_PROTOCOL: 'file:http:https',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

/** The environment of an offline run: an allow-list, and private directories in place of the user's. */
export function offlineEnvironment(directory: string): NodeJS.ProcessEnv {
  const [config, home, temporary] = ['terraform.rc', 'home', 'tmp'].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(config, CLI_CONFIG);
  for (const path of [home, temporary]) mkdirSync(path, { recursive: true, mode: 0o700 });
  return { ...variables(PASSED), ...QUIET, ...ANONYMOUS, HOME: home, TMPDIR: temporary, TF_CLI_CONFIG_FILE: config };
}

/** The variables that an `init` needs in addition, to download modules. */
export function downloadEnvironment(): NodeJS.ProcessEnv {
  return variables(FOR_DOWNLOADS);
}

/** Variables that would make a run write to the user's working directory, or change its arguments. */
const MISLEADING = /^TF_(DATA_DIR|WORKSPACE|CLI_ARGS|REATTACH)/;

/**
 * For real providers: the user's own environment, with credentials. They only plan, which runs no provisioner, but data
 * sources and the providers themselves may run programs, as in the user's own `terraform plan`.
 */
export function realEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !MISLEADING.test(name));
  return { ...Object.fromEntries(kept), ...QUIET };
}

function variables(names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}
