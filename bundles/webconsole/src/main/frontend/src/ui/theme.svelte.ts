const KEY = 'sallyport.theme';

export type Theme = 'system' | 'light' | 'dark';

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

class ThemeStore {
  choice = $state<Theme>(stored());

  /** What is seen, whatever it was chosen by. */
  get dark(): boolean {
    return this.choice === 'dark' || (this.choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  }

  choose(theme: Theme): void {
    this.choice = theme;
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
    applyTheme();
  }
}

export const theme = new ThemeStore();

export function applyTheme(): void {
  const { choice } = theme;
  if (choice === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = choice;
}
