import { causes, failures, verdict, type RunResult } from '../result';

const MAX_CAUSES = 6;

/** One line, and the causes of failures below it. */
export function formatRun(result: RunResult): string {
  const { scenario, control, outcomes, begin, end, lag, tolerated } = result;
  const name = control === undefined ? scenario : `${scenario}, control: ${control}`;
  const failed = failures(result).length;
  const all = outcomes.filter(({ failure }) => failure !== undefined).length;
  const detail = [
    `${outcomes.length} requests, ${failed} failed`,
    tolerated && `${all - failed} on the lost node within ${tolerated.seconds} s`,
    `event of ${((end - begin) / 1000).toFixed(0)} s`,
    `longest stall ${lag.longestStallMs} ms`,
  ].filter(Boolean);
  const lines = causes(result).map(([cause, count]) => `    ${String(count).padStart(5)} ${cause}`);
  const more = lines.length - MAX_CAUSES;
  return [
    `${label(result).padEnd(10)} ${name}: ${detail.join(', ')}`,
    ...lines.slice(0, MAX_CAUSES),
    ...(more > 0 ? [`          and ${more} more causes`] : []),
    ...(result.error === undefined ? [] : [`    ${result.error.replaceAll('\n', '\n    ')}`]),
  ].join('\n');
}

function label(result: RunResult): string {
  const said = verdict(result);
  if (said === 'failed' && result.control !== undefined) return 'NO EFFECT';
  if (said === 'machine') return 'MACHINE';
  return said === 'passed' ? 'ok' : said.toUpperCase();
}

export function formatResults(results: readonly RunResult[], seconds: number): string {
  const proofs = results.filter(({ control }) => control === undefined);
  const controls = results.filter(({ control }) => control !== undefined);
  const passed = (some: readonly RunResult[]) => some.filter((one) => verdict(one) === 'passed').length;
  const versions = [...new Set(results.map(({ traefik }) => traefik))].join(', ');
  return [
    `${passed(proofs)} of ${proofs.length} scenarios passed without a failed request; ${passed(controls)} of ${controls.length} controls dropped some.`,
    `Traefik ${versions}, arguments as synthesized. ${Math.floor(seconds / 60)} min ${seconds % 60} s.`,
    ...(results.some((one) => verdict(one) === 'machine')
      ? ['MACHINE: this machine stood still for over a second; run those scenarios again on one that is less busy.']
      : []),
  ].join('\n');
}
