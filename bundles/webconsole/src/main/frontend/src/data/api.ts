import type { Conversation, Session, Sniffer, Summary, Workload } from '../domain/types';

/** The controller refused, or could not be reached (status 0). The message is made for the user. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The session is over: it was not given, is unknown, or timed out. */
  get signedOut(): boolean {
    return this.status === 401 || this.status === 408;
  }
}

export interface Grant {
  readonly token: string;
  readonly username: string;
  readonly role: string;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The controller's REST interface. Addresses are relative, so the console works behind any prefix. */
export class Api {
  constructor(
    private readonly token: () => string | undefined,
    private readonly onSignedOut: () => void,
  ) {}

  async logIn(username: string, password: string): Promise<Grant> {
    const answer = await this.send('POST', 'v1/auth', { password: { username, password } });
    if (!answer.ok) throw await errorOf(answer);
    const { token } = (await answer.json()) as { token: Grant };
    return { token: token.token, username: token.username, role: token.role };
  }

  async logOut(): Promise<void> {
    await this.send('DELETE', 'v1/auth');
  }

  async summary(): Promise<Summary> {
    return (await this.json<{ summary: Summary }>('GET', 'v1/system/summary')).summary;
  }

  async workloads(): Promise<readonly Workload[]> {
    return (await this.json<{ workloads: Workload[] }>('GET', 'v1/workload')).workloads ?? [];
  }

  async conversations(from: string, to: string): Promise<readonly Conversation[]> {
    const path = `v1/sallyport/conversation?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
    return (await this.json<{ conversations: Conversation[] }>('GET', path)).conversations ?? [];
  }

  async sessions(workload: string): Promise<readonly Session[]> {
    const path = `v1/session?f_workload=${encodeURIComponent(workload)}`;
    return (await this.json<{ sessions: Session[] }>('GET', path)).sessions ?? [];
  }

  async sniffers(workload: string): Promise<readonly Sniffer[]> {
    const path = `v1/sniffer?f_workload=${encodeURIComponent(workload)}`;
    return (await this.json<{ sniffers: Sniffer[] }>('GET', path)).sniffers ?? [];
  }

  /** Begins a packet capture of one container; 0 seconds means until it is stopped. */
  async startSniffer(workload: string, seconds: number): Promise<void> {
    const path = `v1/sniffer?f_workload=${encodeURIComponent(workload)}`;
    await this.call('POST', path, { sniffer: { duration: seconds } });
  }

  async stopSniffer(id: string): Promise<void> {
    await this.call('PATCH', `v1/sniffer/stop/${encodeURIComponent(id)}`);
  }

  async deleteSniffer(id: string): Promise<void> {
    await this.call('DELETE', `v1/sniffer/${encodeURIComponent(id)}`);
  }

  async pcap(id: string): Promise<Blob> {
    return (await this.call('GET', `v1/sniffer/${encodeURIComponent(id)}/pcap`)).blob();
  }

  /** Opens the stream of server-sent events; the caller reads the body. */
  async stream(expanded: readonly string[], signal: AbortSignal): Promise<Response> {
    const query = expanded.length > 0 ? `?expand=${expanded.map(encodeURIComponent).join(',')}` : '';
    return this.call('GET', `v1/stream${query}`, undefined, signal);
  }

  private async json<T>(method: Method, path: string): Promise<T> {
    return (await (await this.call(method, path)).json()) as T;
  }

  private async call(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const answer = await this.send(method, path, body, signal);
    if (answer.ok) return answer;
    const error = await errorOf(answer);
    if (error.signedOut) this.onSignedOut();
    throw error;
  }

  private async send(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {};
    const token = this.token();
    if (token) headers['X-Auth-Token'] = token;
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    const init: RequestInit = { method, headers, cache: 'no-store' };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (signal) init.signal = signal;
    try {
      return await fetch(path, init);
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new ApiError(0, 0, '');
    }
  }
}

/** The controller says {code, error, message}; a proxy in between may say anything. */
async function errorOf(answer: Response): Promise<ApiError> {
  const text = await answer.text();
  try {
    const { code, message, error } = JSON.parse(text) as { code?: number; message?: string; error?: string };
    return new ApiError(answer.status, code ?? 0, message || error || '');
  } catch (notJson) {
    if (!(notJson instanceof SyntaxError)) throw notJson;
    return new ApiError(answer.status, 0, '');
  }
}
