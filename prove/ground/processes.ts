import { execFile, type ExecFileOptions } from 'node:child_process';

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], options: ExecFileOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, [...args], { encoding: 'utf8', ...options }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}: ${error.message}\n${String(stderr)}`));
      else resolve(String(stdout));
    });
  });
}
