import type { Action, Mode } from '../domain/types';

/** The map's colours, as the style sheet defines them for the theme in use. */
export interface Palette {
  readonly background: string;
  readonly surface: string;
  readonly frame: string;
  readonly frameLine: string;
  readonly ink: string;
  readonly muted: string;
  readonly accent: string;
  readonly glow: string;
  readonly danger: string;
  /** Allowed flows where there are many. */
  readonly faint: string;
  readonly action: Record<Action, string>;
  readonly mode: Record<Mode | 'none', string>;
}

/**
 * Reads the palette off an element. Custom properties with light-dark() only resolve when used, so each is used once as the
 * colour of a probe.
 */
export function readPalette(host: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const palette: Palette = {
    background: read('map-bg'),
    surface: read('surface'),
    frame: read('map-frame'),
    frameLine: read('map-frame-line'),
    ink: read('ink'),
    muted: read('muted'),
    accent: read('accent'),
    glow: read('map-glow'),
    danger: read('deny'),
    faint: read('allow-faint'),
    action: { allow: read('allow'), violate: read('violate'), deny: read('deny') },
    mode: {
      Discover: read('discover'),
      Monitor: read('monitor'),
      Protect: read('protect'),
      none: read('map-plain'),
    },
  };
  probe.remove();
  return palette;
}
