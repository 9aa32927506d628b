import en from './en.json';

export type Text = keyof typeof en;

/** The text of a key; {name} in it is replaced by the value of that name. */
export function t(key: Text, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
