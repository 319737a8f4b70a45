import { ingress } from '../../../lib/addons/ingress/ingress';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import type { Report } from '../../../lib/report/model';
import { reportHtml } from '../../../lib/report/render/html';
import { Browser, findChromium } from '../../support/browser';
import { environmentReport, HOSTILE, powerfulAgent, stackReport } from './fixtures';

const chromium = findChromium();
const describeInBrowser = chromium ? describe : describe.skip;
const skipped = chromium ? '' : ' (skipped: no chromium on the PATH: apt-get install chromium)';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
const drawn = (profile: 'solo' | 'business' | 'massive', zones = ZONES) =>
  environmentReport({ profile: EnvironmentProfile[profile](), zones, addOns: [ingress()] });

/** Long and hostile names, wherever users can choose a name. */
function hostile(report: Report): Report {
  const text = JSON.stringify(report).replaceAll(/"(apps|ingress|traefik|eu-west-1b|vpc-cni|production)"/g, () =>
    JSON.stringify(HOSTILE),
  );
  return { ...(JSON.parse(text) as Report), name: HOSTILE };
}

function oneZone(report: Report): Report {
  const [zone] = ZONES;
  return {
    ...report,
    networks: report.networks.map((network) => ({
      ...network,
      zones: [zone!],
      subnets: network.subnets.filter((subnet) => subnet.zone === zone),
    })),
  };
}

const REPORTS: readonly (readonly [string, () => Report])[] = [
  ['solo in two zones', () => drawn('solo', ZONES.slice(0, 2))],
  ['business', () => drawn('business')],
  ['massive', () => drawn('massive')],
  ['one zone', () => oneZone(drawn('solo'))],
  ['hostile names', () => hostile(drawn('business'))],
  ['privileged pods', () => stackReport(powerfulAgent)],
];

describeInBrowser(`a report in Chromium${skipped}`, () => {
  let browser: Browser;
  beforeAll(async () => (browser = await Browser.open(chromium!)), 30_000);
  afterAll(() => browser.close());
  afterEach(() => {
    const complaints = browser.complaints.splice(0);
    if (complaints.length > 0) throw new Error(`browser errors: ${complaints.join('\n')}`);
  });

  describe.each(REPORTS)('%s', (_name, report) => {
    const page = reportHtml(report());

    test.each([
      { width: 1280, scheme: 'light' },
      { width: 400, scheme: 'dark' },
    ] as const)('fits the window: $width, $scheme', async (view) => {
      await browser.show(page, view);
      expect(await browser.evaluate('[document.documentElement.scrollWidth, innerWidth]')).toEqual([
        view.width,
        view.width,
      ]);
      expect(await browser.evaluate(OUTSIDE_THE_PAGE)).toEqual([]);
    });

    test('texts of the drawing are in their boxes and do not overlap', async () => {
      await browser.show(page, { width: 1280 });
      expect(await browser.evaluate(OUTSIDE_THEIR_BOX)).toEqual([]);
      expect(await browser.evaluate(COLLIDING_TEXTS)).toEqual([]);
    });

    test.each(['light', 'dark'] as const)('has sufficient contrast: %s', async (scheme) => {
      await browser.show(page, { width: 1280, scheme });
      expect(await browser.evaluate(LOW_CONTRAST)).toEqual([]);
    });
  });

  test('follows the preferred color scheme', async () => {
    const page = reportHtml(drawn('solo'));
    const background = 'getComputedStyle(document.body).backgroundColor';
    await browser.show(page, { width: 1280, scheme: 'light' });
    expect(await browser.evaluate(background)).toBe('rgb(255, 255, 255)');
    await browser.show(page, { width: 1280, scheme: 'dark' });
    expect(await browser.evaluate(background)).toBe('rgb(20, 24, 30)');
  });

  test('has the structure that screen readers need', async () => {
    await browser.show(reportHtml(drawn('business')), { width: 1280 });
    expect(
      await browser.evaluate(`({
        lang: document.documentElement.lang,
        headings: [...document.querySelectorAll('h1')].length,
        unnamed: [...document.querySelectorAll('table')].filter((one) => !one.caption || !one.tHead).length,
        headless: [...document.querySelectorAll('tbody tr')].filter((row) => row.cells.length === 0).length,
        drawing: document.getElementById('drawing-title').textContent,
        scripts: document.scripts.length,
      })`),
    ).toEqual({ lang: 'en', headings: 1, unnamed: 0, headless: 0, drawing: 'Diagram of staging', scripts: 0 });
  });

  test('a hostile name is displayed literally', async () => {
    await browser.show(reportHtml(hostile(drawn('business'))), { width: 1280 });
    expect(await browser.evaluate('document.querySelector("h1").textContent')).toBe(HOSTILE);
  });
});

/** Elements outside the window, except scrollable ones. */
const OUTSIDE_THE_PAGE = `[...document.querySelectorAll('body *')]
  .filter((one) => !one.closest('.scroll') && one.getBoundingClientRect().right > innerWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 100))`;

const OUTSIDE_THEIR_BOX = `[...document.querySelectorAll('svg .box')].flatMap((box) => {
  const outer = box.querySelector('rect').getBBox();
  return [...box.querySelectorAll('text')].filter((text) => {
    const inner = text.getBBox();
    return inner.x < outer.x || inner.y < outer.y || inner.x + inner.width > outer.x + outer.width
      || inner.y + inner.height > outer.y + outer.height;
  }).map((text) => text.textContent);
})`;

const COLLIDING_TEXTS = `(() => {
  const texts = [...document.querySelectorAll('svg text')].map((one) => ({ text: one.textContent, box: one.getBBox() }));
  const paths = [...document.querySelectorAll('svg .arrow')].map((one) => ({ text: 'an arrow', box: one.getBBox() }));
  // A line box is slightly taller than its letters.
  const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y + 3 || b.y + b.height <= a.y + 3;
  return texts.flatMap((a, index) => [...texts.slice(index + 1), ...paths]
    .filter((b) => !apart(a.box, b.box)).map((b) => a.text + ' and ' + b.text));
})()`;

/** Minimum contrast 4.5:1. Source: WCAG 2.2, criterion 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum */
const LOW_CONTRAST = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
  const painted = (color) => color !== 'none' && (channels(color)[3] ?? 1) > 0;
  const behind = (one) => {
    const rect = one.closest('.box')?.querySelector('rect');
    if (rect && painted(getComputedStyle(rect).fill)) return getComputedStyle(rect).fill;
    for (let at = one; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (painted(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.querySelectorAll('h1, h2, p, a, dt, dd, caption, th, td, span, footer, svg text')]
    .filter((one) => one.textContent.trim() !== '')
    .map((one) => {
      const style = getComputedStyle(one);
      const [a, b] = [one.tagName === 'text' ? style.fill : style.color, behind(one)].map((c) => luminance(channels(c)));
      return { what: one.tagName + ': ' + one.textContent.slice(0, 40), ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    })
    .filter(({ ratio }) => ratio < 4.5);
})()`;
