import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/** Only the page: no network, no profile, no updates. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--hide-scrollbars',
  '--remote-debugging-pipe',
];

/** Chromium's executable, if installed: `apt-get install chromium`. */
export function findChromium(): string | undefined {
  const named = process.env['QUAYSIDE_CHROMIUM'];
  const candidates = named ? [named] : ['chromium', 'chromium-browser', 'google-chrome'];
  return candidates.find((program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0);
}

const CLOSE_TIMEOUT_MS = 5000;

type Parameters = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Parameters;
  readonly result?: Parameters;
  readonly error?: { readonly message: string };
}

export interface View {
  readonly width: number;
  readonly height?: number;
  /** @default 'light' */
  readonly scheme?: 'light' | 'dark';
}

/** A headless Chromium with one page, controlled by the DevTools protocol over a pipe. */
export class Browser {
  /** Console errors and warnings of the pages, and network requests. */
  readonly complaints: string[] = [];
  private readonly profile = mkdtempSync(join(tmpdir(), 'quayside-browser-'));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (message: Message) => void>();
  private loaded: (() => void) | undefined;
  private session: string | undefined;
  private unread = '';
  private sent = 0;

  private constructor(program: string) {
    this.process = spawn(program, [...FLAGS, `--user-data-dir=${this.profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    (this.process.stdio[4] as Duplex).setEncoding('utf8').on('data', (chunk: string) => this.read(chunk));
  }

  static async open(program: string): Promise<Browser> {
    const browser = new Browser(program);
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    browser.session = String(sessionId);
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await browser.send(`${domain}.enable`);
    return browser;
  }

  /** Renders a page with the given window size and colour scheme. */
  async show(html: string, { width, height = 900, scheme = 'light' }: View): Promise<void> {
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    const loaded = new Promise<void>((resolve) => (this.loaded = resolve));
    const url = `data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`;
    await this.send('Page.navigate', { url });
    await loaded;
  }

  /** The value of an expression in the page. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return (result as { readonly value: T }).value;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    const late = setTimeout(() => this.process.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
    this.session = undefined;
    void this.send('Browser.close');
    await ended;
    clearTimeout(late);
    // Its helper processes exit a little later, and may still be writing.
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  private send(method: string, params: Parameters = {}): Promise<Parameters> {
    const id = ++this.sent;
    const message = { id, method, params, ...(this.session && { sessionId: this.session }) };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {}),
      );
      (this.process.stdio[3] as Duplex).write(`${JSON.stringify(message)}\0`);
    });
  }

  private read(text: string): void {
    const messages = (this.unread + text).split('\0');
    this.unread = messages.pop() ?? '';
    for (const message of messages) this.take(JSON.parse(message) as Message);
  }

  private take(message: Message): void {
    const { id, method, params = {} } = message;
    if (id !== undefined) {
      this.waiting.get(id)?.(message);
      this.waiting.delete(id);
    }
    if (method === 'Page.loadEventFired') this.loaded?.();
    if (method === 'Log.entryAdded') this.complaints.push(JSON.stringify(params['entry']));
    if (method === 'Runtime.consoleAPICalled' || method === 'Runtime.exceptionThrown') {
      this.complaints.push(JSON.stringify(params));
    }
    if (method === 'Network.requestWillBeSent') {
      const { url } = params['request'] as { readonly url: string };
      if (!url.startsWith('data:') && url !== 'about:blank') this.complaints.push(`request to ${url}`);
    }
  }
}
