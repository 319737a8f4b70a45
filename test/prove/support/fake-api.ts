import { ApiError, type Any, type KubernetesApi } from '../../../prove/cluster/api';

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: Any;
}

/** Records what it is sent; what it has is given by path. */
export class FakeApi {
  readonly calls: Call[] = [];

  constructor(readonly objects: Readonly<Record<string, Any>> = {}) {}

  get client(): KubernetesApi {
    return this as unknown as KubernetesApi;
  }

  async get(path: string): Promise<Any> {
    const found = this.objects[path];
    if (!found) throw new ApiError(404, `GET ${path}: 404`);
    return found;
  }

  post = (path: string, body: Any) => this.record('POST', path, body);
  patch = (path: string, body: Any) => this.record('PATCH', path, body);
  delete = (path: string, body?: Any) => this.record('DELETE', path, body);

  /** Bodies of the calls to paths that end so. */
  bodies(method: string, end: string): readonly Any[] {
    return this.calls.filter((call) => call.method === method && call.path.endsWith(end)).map(({ body }) => body);
  }

  private async record(method: string, path: string, body?: Any): Promise<Any> {
    this.calls.push({ method, path, body });
    const answer = this.objects[`${method} ${path}`];
    if (answer instanceof Error) throw answer;
    return answer ?? {};
  }
}
