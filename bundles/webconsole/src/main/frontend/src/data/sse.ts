export interface ServerEvent {
  readonly type: string;
  readonly data: string;
}

/** A server that never ends an event must not fill the page's memory. */
const MAX_EVENT_CHARS = 64 * 1024 * 1024;

/**
 * Reads a stream of server-sent events from text that arrives in any pieces. Lines may end in LF, CRLF or CR. Fields other
 * than event and data are skipped: every connection begins with a snapshot, so nothing is resumed.
 */
export class EventParser {
  private rest = '';
  private type = '';
  private data: string[] = [];
  private size = 0;
  private atStart = true;

  /** The events that the text completes, in order. */
  feed(text: string): ServerEvent[] {
    let input = this.rest + text;
    // What is left over has no line end in it, but for a CR at its very end.
    let search = Math.max(0, this.rest.length - 1);
    if (this.atStart && input.length > 0) {
      this.atStart = false;
      if (input.startsWith('\uFEFF')) input = input.slice(1);
    }
    const events: ServerEvent[] = [];
    let start = 0;
    for (;;) {
      const end = lineEnd(input, search);
      if (end === -1) break;
      const line = input.slice(start, end);
      start = input.startsWith('\r\n', end) ? end + 2 : end + 1;
      search = start;
      const event = this.line(line);
      if (event) events.push(event);
    }
    this.rest = input.slice(start);
    if (this.rest.length + this.size > MAX_EVENT_CHARS) throw new Error('server event too long');
    return events;
  }

  private line(line: string): ServerEvent | undefined {
    if (line === '') return this.dispatch();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const raw = colon === -1 ? '' : line.slice(colon + 1);
    const value = raw.startsWith(' ') ? raw.slice(1) : raw;
    if (field === 'event') this.type = value;
    if (field === 'data') {
      this.data.push(value);
      this.size += value.length;
    }
    return undefined;
  }

  private dispatch(): ServerEvent | undefined {
    const { type, data } = this;
    this.type = '';
    this.data = [];
    this.size = 0;
    return data.length === 0 ? undefined : { type: type || 'message', data: data.join('\n') };
  }
}

const LF = 10;
const CR = 13;

/** A CR at the very end of the text may be half of a CRLF, so it ends no line yet. */
function lineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF) return at;
    if (code === CR) return at === text.length - 1 ? -1 : at;
  }
  return -1;
}
