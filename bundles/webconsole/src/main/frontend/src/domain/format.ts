const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in powers of 1,000, as network tools count: 1234567 is "1.2 MB". */
export function bytes(count: number): string {
  let value = Math.max(0, count);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit] as string}`;
}

const whole = new Intl.NumberFormat('en');

export function number(count: number): string {
  return whole.format(count);
}

/** A length of time in its largest one or two units: "8 s", "3 min", "2 h 5 min", "4 d". */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min`;
  if (s < 86_400) {
    const minutes = Math.floor((s % 3600) / 60);
    return minutes === 0 ? `${Math.floor(s / 3600)} h` : `${Math.floor(s / 3600)} h ${minutes} min`;
  }
  return `${Math.floor(s / 86_400)} d`;
}

/** The time since a moment given in seconds of the epoch. A clock that runs ahead gives "0 s". */
export function age(epochSeconds: number, nowMillis: number = Date.now()): string {
  return duration(nowMillis / 1000 - epochSeconds);
}

const PROTOCOLS: Record<string, string> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp6', '132': 'sctp' };

export function ipProtocol(protocol: number | string | null | undefined): string {
  const text = String(protocol ?? '').toLowerCase();
  return PROTOCOLS[text] ?? text;
}
