import { describe, expect, it } from 'vitest';
import { search } from '../../src/domain/search';
import { groupOf } from '../../src/domain/types';
import { namespacesOf, OUTSIDE, type ViewOptions, viewOf } from '../../src/domain/view';
import { edge, graphOf, group } from './things';

const ALL: ViewOptions = { namespaces: new Set(), hidden: new Set(), folding: { base: 'none', except: new Set() } };

const graph = graphOf(
  [
    { id: 'external', kind: 'external', name: 'external' },
    group('nv.ui.shop', 'shop', { image: 'shop/ui:1' }),
    group('nv.db.shop', 'shop', { addresses: ['10.0.0.5'] }),
    group('nv.dns.sys', 'sys'),
    group('nv.log.sys', 'sys'),
    group('nv.other.far', 'far'),
  ],
  [
    edge('external', 'nv.ui.shop'),
    edge('nv.ui.shop', 'nv.db.shop', { applications: ['PostgreSQL'], ports: ['tcp/5432'] }),
    edge('nv.ui.shop', 'nv.dns.sys', { applications: ['DNS'], ports: ['udp/53'], action: 'violate' }),
    edge('nv.db.shop', 'nv.log.sys', { action: 'deny', first_seen_at: 5 }),
    edge('nv.other.far', 'nv.dns.sys', { applications: ['DNS'] }),
  ],
);

const ids = (things: readonly { readonly id: string }[]): string[] => things.map((thing) => thing.id).sort();

describe('viewOf', () => {
  it('shows everything, the outside world apart', () => {
    const view = viewOf(graph, ALL);
    expect(view.nodes).toHaveLength(6);
    expect(view.edges).toHaveLength(5);
    expect(view.nodes.find((node) => node.id === 'external')?.cluster).toBe(OUTSIDE);
  });

  it('filters by namespace and keeps who talks to it', () => {
    const view = viewOf(graph, { ...ALL, namespaces: new Set(['shop']) });
    expect(ids(view.nodes)).toEqual(['external', 'nv.db.shop', 'nv.dns.sys', 'nv.log.sys', 'nv.ui.shop']);
    expect(ids(view.edges)).not.toContain('nv.other.far→nv.dns.sys');
  });

  it('hides nodes with their lines', () => {
    const view = viewOf(graph, { ...ALL, hidden: new Set(['nv.ui.shop']) });
    expect(ids(view.edges)).toEqual(['nv.db.shop→nv.log.sys', 'nv.other.far→nv.dns.sys']);
  });

  it('folds namespaces into one node, merges their lines and keeps the worst action', () => {
    const view = viewOf(graph, { ...ALL, folding: { base: 'all', except: new Set(['far']) } });
    expect(ids(view.nodes)).toEqual(['domain:shop', 'domain:sys', 'external', 'nv.other.far']);
    const line = view.edges.find((candidate) => candidate.id === 'domain:shop→domain:sys');
    expect(line).toMatchObject({ action: 'deny', bytes: 200, sessions: 2, firstSeen: 5, applications: ['DNS', 'HTTP'] });
    expect(line?.parts).toHaveLength(2);
    expect(view.edges.some((candidate) => candidate.from === candidate.to)).toBe(false);
  });

  it('folds by itself only when there is too much to read', () => {
    const auto = { ...ALL, folding: { base: 'auto' as const, except: new Set<string>() } };
    expect(viewOf(graph, auto).nodes).toHaveLength(6);
    const crowd = graphOf(Array.from({ length: 300 }, (_, i) => group(`g${i}`, `ns${i % 3}`)), []);
    expect(ids(viewOf(crowd, auto).nodes)).toEqual(['domain:ns0', 'domain:ns1', 'domain:ns2']);
  });

  it('calls a group by its full name, and takes a kind it does not know as outside', () => {
    const odd = graphOf([group('nv.ui.shop', 'shop', { name: 'ui' }), { id: 'x', kind: 'mesh' as never, name: 'x' }], []);
    expect(viewOf(odd, ALL).nodes.map(({ name, kind }) => [name, kind])).toEqual([['nv.ui.shop', 'group'], ['x', 'external']]);
  });

  it('lists the namespaces', () => {
    expect(namespacesOf(graph)).toEqual(['far', 'shop', 'sys']);
  });
});

describe('search', () => {
  const view = viewOf(graph, ALL);

  it('dims nothing without a query', () => {
    expect(search(view, '  ')).toBeUndefined();
  });

  it('finds nodes by name, image and address, and lights their lines', () => {
    expect(search(view, 'SHOP/UI')?.nodes).toEqual(new Set(['nv.ui.shop']));
    expect(search(view, '10.0.0.5')?.nodes).toEqual(new Set(['nv.db.shop']));
    expect(search(view, 'nv.db')?.edges.has('nv.ui.shop→nv.db.shop')).toBe(true);
  });

  it('finds lines by application and port, and lights their ends', () => {
    const found = search(view, 'app:postgres');
    expect(found?.edges).toEqual(new Set(['nv.ui.shop→nv.db.shop']));
    expect(found?.nodes).toEqual(new Set(['nv.ui.shop', 'nv.db.shop']));
    expect(search(view, 'port:udp/53')?.count).toBe(1);
  });

  it('wants every word on the same thing', () => {
    expect(search(view, 'app:dns action:violate')?.count).toBe(1);
    expect(search(view, 'app:dns port:5432')?.count).toBe(0);
  });

  it('takes a colon that names no field as text', () => {
    expect(search(view, 'ui:1')?.nodes).toEqual(new Set(['nv.ui.shop']));
  });
});

describe('groupOf', () => {
  const workload = { id: '1', name: 'ui-1', service: 'ui' };

  it('is what the controller says, else follows the rule for names', () => {
    expect(groupOf({ ...workload, service_group: 'nv.web.shop' })).toBe('nv.web.shop');
    expect(groupOf({ ...workload, domain: 'shop' })).toBe('nv.ui.shop');
    expect(groupOf(workload)).toBe('nv.ui');
    expect(groupOf({ id: '1', name: 'ui-1' })).toBeUndefined();
  });
});
