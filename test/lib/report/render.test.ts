import fc from 'fast-check';
import { EnvironmentProfile } from '../../../lib/environment/profile';
import { ingress } from '../../../lib/addons/ingress/ingress';
import type { Report } from '../../../lib/report/model';
import { layout } from '../../../lib/report/drawing/layout';
import { fit, textWidth } from '../../../lib/report/drawing/text-fit';
import { reportHtml } from '../../../lib/report/render/html';
import { reportJson } from '../../../lib/report/render/json';
import { markup } from '../../../lib/report/render/markup';
import { reportText } from '../../../lib/report/render/text';
import { textTable, wrap } from '../../../lib/report/render/text-table';
import { environmentReport, HOSTILE, hostileAccount, powerfulAgent, stackReport } from './fixtures';
import { malformed } from './well-formed';

const staging = environmentReport({ addOns: [ingress()] });
const agent = stackReport(powerfulAgent);

describe('as text', () => {
  test('an environment', () => {
    expect(reportText(staging)).toMatchSnapshot();
  });

  test('privileged pods', () => {
    expect(reportText(agent)).toMatchSnapshot();
  });

  test.each([
    ['an environment', staging],
    ['privileged pods', agent],
    ['hostile names', stackReport(hostileAccount)],
  ])('%s fits 100 columns', (_name, report) => {
    expect(
      reportText(report)
        .split('\n')
        .filter(({ length }) => length > 100),
    ).toEqual([]);
  });

  test('control characters in a name are replaced', () => {
    expect(reportText({ ...agent, name: 'red\u001B[31m\u0007' })).not.toContain('\u001B');
  });

  test('a table fits its width and loses no character', () => {
    const cell = fc.array(fc.string({ unit: fc.constantFrom(...'abc/ -_:.'), maxLength: 60 }), { maxLength: 3 });
    const rows = fc
      .integer({ min: 1, max: 5 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
      );
    fc.assert(
      fc.property(rows, (table) => {
        const lines = textTable(table, 80);
        expect(lines.every(({ length }) => length <= 80)).toBe(true);
        const letters = (text: string) => [...text.replaceAll(/\s/g, '')].sort().join('');
        expect(letters(lines.join(''))).toBe(letters(table.flat(2).join('')));
      }),
    );
  });

  test.each([
    ['a b c', 3, ['a b', 'c']],
    ['production-platform/ingress', 20, ['production-platform/', 'ingress']],
    ['abcdefgh', 3, ['abc', 'def', 'gh']],
    ['', 3, ['']],
  ])('%j in %d columns', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));
});

describe('as JSON', () => {
  test('keeps its keys', () => {
    const keys = Object.fromEntries(
      Object.entries(JSON.parse(reportJson(merged(staging, agent))) as Report).map(([key, value]) => [
        key,
        Array.isArray(value) ? [...new Set((value as object[]).flatMap((one) => Object.keys(one)))].sort() : 'text',
      ]),
    );
    expect(keys).toMatchSnapshot();
  });
});

function merged(one: Report, other: Report): Report {
  return Object.fromEntries(
    Object.entries(one).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...value, ...(other[key as 'stacks'] as readonly never[])] : value,
    ]),
  ) as unknown as Report;
}

describe('as a page', () => {
  test.each([
    ['an environment', staging],
    ['privileged pods', agent],
    ['hostile names', stackReport(hostileAccount)],
    ['a hostile name of its own', { ...staging, name: HOSTILE }],
  ])('%s is well-formed and deterministic', (_name, report) => {
    const page = reportHtml(report);
    expect(malformed(page)).toEqual([]);
    expect(reportHtml(report)).toBe(page);
  });

  test('loads no external resources', () => {
    expect(reportHtml(staging)).not.toMatch(/<(script|link|img|iframe|object|use)\b|@import|url\((?!#)|\son\w+=/);
    expect(reportHtml(staging)).toContain('default-src &#39;none&#39;');
  });

  test('has a heading per section, a caption per table, and no broken links', () => {
    const page = reportHtml(merged(staging, agent));
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((link) => !ids.includes(link))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...page.matchAll(/<table/g)]).toHaveLength([...page.matchAll(/<caption>[^<]/g)].length);
    expect([...page.matchAll(/<section/g)]).toHaveLength([...page.matchAll(/<h2/g)].length);
  });

  test('names are always escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const page = markup`<p title="${name}">${name}</p>`.text;
        expect(malformed(page)).toEqual([]);
        expect(page.replaceAll(/[^<>]/g, '')).toBe('<><>');
      }),
    );
  });
});

describe('as a drawing', () => {
  test.each([
    ['solo', 2],
    ['ha', 3],
    ['business', 3],
    ['massive', 3],
  ] as const)('%s in %d zones: boxes overlap only if nested or spanning zones', (profile, zones) => {
    const drawn = layout(
      environmentReport({
        profile: EnvironmentProfile[profile](),
        zones: ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'].slice(0, zones),
        addOns: [ingress()],
      }),
    )!;
    const spanning = new Set(['load-balancer', 'cluster']);
    const plain = drawn.boxes.filter(({ kind }) => !spanning.has(kind));
    const crossing = plain.flatMap((a, index) =>
      plain.slice(index + 1).filter((b) => overlaps(a, b) && !inside(a, b) && !inside(b, a)),
    );
    expect(crossing).toEqual([]);
    expect(drawn.boxes.filter((one) => !inside({ x: 0, y: 0, ...drawn }, one))).toEqual([]);
    expect(drawn.boxes.filter(({ kind }) => kind === 'zone')).toHaveLength(zones);
    expect(drawn.arrows.length).toBe(1 + zones);
  });

  test('stacks without a network have no drawing', () => expect(layout(agent)).toBeUndefined());

  test('one zone, a private environment, and no load balancer', () => {
    const [network] = staging.networks;
    const [zone] = network!.zones;
    const subnets = network!.subnets.filter((subnet) => subnet.zone === zone && subnet.tier !== 'public');
    const one: Report = {
      ...staging,
      networks: [{ ...network!, zones: [zone!], subnets, natGateways: [] }],
      loadBalancers: [],
    };
    const kinds = layout(one)!.boxes.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'zone')).toHaveLength(1);
    expect(kinds).not.toContain('clients');
    expect(kinds).not.toContain('load-balancer');
  });

  test('texts are shortened to the available width, in the middle', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 30, max: 300 }), (text, room) => {
        expect(textWidth(fit(text, room, 12)) * 12).toBeLessThanOrEqual(Math.max(room, 12 * 1.05));
      }),
    );
    expect(fit('eks-node-monitoring-agent', 120, 12)).toBe('eks-nod…g-agent');
  });
});

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlaps(a: Area, b: Area): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(outer: Area, inner: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width + 0.01 &&
    inner.y + inner.height <= outer.y + outer.height + 0.01
  );
}
