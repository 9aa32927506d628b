import { describe, expect, it } from 'vitest';
import { formatRoute, NETWORK, parseRoute } from '../../src/domain/route';

describe('route', () => {
  it('opens on the network map', () => {
    expect(parseRoute('')).toEqual(NETWORK);
    expect(parseRoute('#/nonsense?at=1,2&fold=maybe')).toEqual(NETWORK);
    expect(formatRoute(NETWORK)).toBe('#/network');
  });

  it('keeps everything over a round trip', () => {
    const route = {
      ...NETWORK,
      view: 'table' as const,
      namespaces: ['a&b', 'c'],
      expanded: ['nv.x.a', 'nv.y,z'],
      hidden: ['external'],
      folding: { base: 'all' as const, except: new Set(['c']) },
      query: 'app:redis a=b',
      selection: { kind: 'edge' as const, id: 'nv.x.a→external' },
      camera: { x: -12, y: 40, k: 0.5 },
    };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('keeps the workloads page', () => {
    const route = { page: 'workloads' as const, query: 'ubuntu', sort: '-image' };
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('refuses a camera that shows nothing', () => {
    for (const at of ['1,2,0', '1,2,-1', 'NaN,2,1', '1,2', 'x']) {
      expect(parseRoute(`#/network?at=${at}`)).toEqual(NETWORK);
    }
  });
});
