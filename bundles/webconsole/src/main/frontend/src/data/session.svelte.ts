import { Api, type Grant } from './api';

const KEY = 'sallyport.session';

/** Who is signed in, in this tab. The token is in the tab's storage, so that a reload does not ask again. */
class SessionStore {
  grant = $state.raw<Grant | undefined>(read());
  /** True when a session ended by itself: the sign-in page says so. */
  expired = $state(false);
  readonly api = new Api(
    () => this.grant?.token,
    () => this.end(true),
  );

  async logIn(username: string, password: string): Promise<void> {
    const grant = await this.api.logIn(username, password);
    sessionStorage.setItem(KEY, JSON.stringify(grant));
    this.expired = false;
    this.grant = grant;
  }

  /** Signs out here in any case; the controller forgets the token when it can be reached. */
  async logOut(): Promise<void> {
    const farewell = this.api.logOut();
    this.end(false);
    await farewell.catch(() => undefined);
  }

  private end(expired: boolean): void {
    if (!this.grant) return;
    sessionStorage.removeItem(KEY);
    this.expired = expired;
    this.grant = undefined;
  }
}

function read(): Grant | undefined {
  try {
    const stored = sessionStorage.getItem(KEY);
    return stored ? (JSON.parse(stored) as Grant) : undefined;
  } catch (unreadable) {
    if (!(unreadable instanceof SyntaxError)) throw unreadable;
    return undefined;
  }
}

export const session = new SessionStore();
