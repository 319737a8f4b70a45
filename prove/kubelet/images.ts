import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { run } from '../ground/processes';

/** What an image has: files and folders of this machine by their path in the container. */
export interface Image {
  readonly files: Readonly<Record<string, string>>;
  readonly entryPoint: readonly string[];
}

const NODE = '/usr/local/bin/node';
const SERVER = '/srv/server.js';
/** Where the backends find their script. */
const BACKEND = join(__dirname, '..', 'backend', 'server.js');
const SHELL_FOLDERS = ['/usr', '/bin', '/lib', '/lib64', '/sbin'];

/** The images of the proving ground: the real Traefik, and servers with and without a shell. */
export async function images(traefik: string): Promise<(image: string) => Image> {
  const shell = Object.fromEntries(SHELL_FOLDERS.filter(exists).map((folder) => [folder, resolvedFolder(folder)]));
  const node = { [NODE]: process.execPath, [SERVER]: BACKEND };
  const server = (behaviour: string) => [NODE, SERVER, behaviour];
  // Nothing but the program and its libraries: neither a shell nor sleep.
  const distroless = { ...node, ...(await libraries(process.execPath)) };
  const known: Readonly<Record<string, Image>> = {
    traefik: { files: { ...shell, '/traefik': traefik }, entryPoint: ['/traefik'] },
    'well-behaved': { files: { ...shell, ...node }, entryPoint: server('drains') },
    abrupt: { files: { ...shell, ...node }, entryPoint: server('exits') },
    distroless: { files: distroless, entryPoint: server('exits') },
    'slow-start': { files: { ...shell, ...node }, entryPoint: server('starts-slowly') },
  };
  return (image) => {
    const name = image
      .replace(/[@:][^/]*$/, '')
      .split('/')
      .at(-1)!;
    const found = known[name];
    if (!found) throw new Error(`the proving ground has no image '${image}'`);
    return found;
  };
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** On a merged system `/bin` is a link. */
function resolvedFolder(folder: string): string {
  return lstatSync(folder).isSymbolicLink() ? resolve(dirname(folder), readlinkSync(folder)) : folder;
}

async function libraries(program: string): Promise<Readonly<Record<string, string>>> {
  const listed = await run('ldd', [program]);
  const paths = [...listed.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!);
  return Object.fromEntries(paths.map((path) => [path, path]));
}
