import type { Folding } from './view';

/** Where the map is looked at from: the world point in the middle of the picture, and the scale. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Selection {
  readonly kind: 'node' | 'edge';
  readonly id: string;
}

export interface NetworkRoute {
  readonly page: 'network';
  readonly view: 'map' | 'table';
  readonly namespaces: readonly string[];
  readonly expanded: readonly string[];
  readonly hidden: readonly string[];
  readonly folding: Folding;
  readonly query: string;
  readonly selection: Selection | undefined;
  readonly camera: Camera | undefined;
}

export interface WorkloadsRoute {
  readonly page: 'workloads';
  readonly query: string;
  readonly sort: string;
}

export type Route = NetworkRoute | WorkloadsRoute;

export const NETWORK: NetworkRoute = {
  page: 'network',
  view: 'map',
  namespaces: [],
  expanded: [],
  hidden: [],
  folding: { base: 'auto', except: new Set() },
  query: '',
  selection: undefined,
  camera: undefined,
};

/** Reads a location hash. What it cannot read it leaves at the default: an old link still opens the page. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split(/\?(.*)/s, 2);
  const params = new URLSearchParams(search);
  if (path === '/workloads') {
    return { page: 'workloads', query: params.get('q') ?? '', sort: params.get('sort') ?? 'name' };
  }
  return {
    page: 'network',
    view: params.get('view') === 'table' ? 'table' : 'map',
    namespaces: params.getAll('ns'),
    expanded: params.getAll('expand'),
    hidden: params.getAll('hide'),
    folding: {
      base: oneOf(params.get('fold'), ['all', 'none']) ?? 'auto',
      except: new Set(params.getAll('unlike')),
    },
    query: params.get('q') ?? '',
    selection: selectionOf(params),
    camera: cameraOf(params.get('at')),
  };
}

export function formatRoute(route: Route): string {
  const params = new URLSearchParams();
  if (route.page === 'workloads') {
    if (route.query) params.set('q', route.query);
    if (route.sort !== 'name') params.set('sort', route.sort);
    return join('/workloads', params);
  }
  if (route.view === 'table') params.set('view', 'table');
  for (const ns of route.namespaces) params.append('ns', ns);
  for (const id of route.expanded) params.append('expand', id);
  for (const id of route.hidden) params.append('hide', id);
  if (route.folding.base !== 'auto') params.set('fold', route.folding.base);
  for (const domain of route.folding.except) params.append('unlike', domain);
  if (route.query) params.set('q', route.query);
  if (route.selection) params.set(route.selection.kind, route.selection.id);
  if (route.camera) {
    const { x, y, k } = route.camera;
    params.set('at', `${x.toFixed(0)},${y.toFixed(0)},${k.toFixed(3)}`);
  }
  return join('/network', params);
}

function join(path: string, params: URLSearchParams): string {
  const search = params.toString();
  return search ? `#${path}?${search}` : `#${path}`;
}

function selectionOf(params: URLSearchParams): Selection | undefined {
  const node = params.get('node');
  if (node) return { kind: 'node', id: node };
  const edge = params.get('edge');
  return edge ? { kind: 'edge', id: edge } : undefined;
}

function cameraOf(text: string | null): Camera | undefined {
  const [x, y, k] = (text ?? '').split(',').map(Number);
  if (x === undefined || y === undefined || k === undefined) return undefined;
  return [x, y, k].every(Number.isFinite) && k > 0 ? { x, y, k } : undefined;
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}
