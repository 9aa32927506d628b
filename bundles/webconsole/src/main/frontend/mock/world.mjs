/**
 * A generated world in the shapes of the controller's answers, and its changes. Everything is computed from a seed, so a
 * test sees the same world each time.
 */

const EPOCH = Math.floor(Date.now() / 1000);

/** @param {number} seed */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const SERVICES = [
  { service: 'yelb-ui', domain: 'yelb', image: 'yelb/ui:0.10', members: 2 },
  { service: 'yelb-appserver', domain: 'yelb', image: 'yelb/appserver:0.7', members: 3 },
  { service: 'yelb-db', domain: 'yelb', image: 'yelb/db:0.6', members: 1 },
  { service: 'redis-server', domain: 'yelb', image: 'redis:7.2', members: 1 },
  { service: 'ubuntu', domain: 'tools', image: 'ubuntu:24.04', members: 2, mode: 'Monitor' },
  { service: 'coredns', domain: 'kube-system', image: 'coredns:1.11', members: 2, mode: 'Protect' },
  { service: 'metrics-server', domain: 'kube-system', image: 'metrics-server:0.7', members: 1, mode: 'Protect' },
  { service: 'prometheus', domain: 'monitoring', image: 'prom/prometheus:3.1', members: 1 },
  { service: 'grafana', domain: 'monitoring', image: 'grafana/grafana:11.4', members: 1 },
];

/** Each as caller, called, application, port, action. */
const FLOWS = [
  ['external', 'nv.yelb-ui.yelb', 'HTTP', 'tcp/80', 'allow'],
  ['nv.yelb-ui.yelb', 'nv.yelb-appserver.yelb', 'HTTP', 'tcp/4567', 'allow'],
  ['nv.yelb-appserver.yelb', 'nv.yelb-db.yelb', 'PostgreSQL', 'tcp/5432', 'allow'],
  ['nv.yelb-appserver.yelb', 'nv.redis-server.yelb', 'Redis', 'tcp/6379', 'allow'],
  ['nv.yelb-ui.yelb', 'nv.coredns.kube-system', 'DNS', 'udp/53', 'allow'],
  ['nv.yelb-appserver.yelb', 'nv.coredns.kube-system', 'DNS', 'udp/53', 'allow'],
  ['nv.ubuntu.tools', 'nv.yelb-ui.yelb', 'HTTP', 'tcp/80', 'violate'],
  ['nv.ubuntu.tools', 'nv.yelb-db.yelb', 'PostgreSQL', 'tcp/5432', 'deny'],
  ['nv.prometheus.monitoring', 'nv.yelb-appserver.yelb', 'HTTP', 'tcp/4567', 'allow'],
  ['nv.prometheus.monitoring', 'nv.metrics-server.kube-system', 'SSL', 'tcp/10250', 'allow'],
  ['nv.grafana.monitoring', 'nv.prometheus.monitoring', 'HTTP', 'tcp/9090', 'allow'],
  ['external', 'nv.grafana.monitoring', 'SSL', 'tcp/3000', 'allow'],
  ['node-1', 'nv.metrics-server.kube-system', 'SSL', 'tcp/10250', 'allow'],
];

export class World {
  /**
   * @param {{groups?: number, flows?: number, domains?: number}} [size] a large world instead of the small one
   */
  constructor(size = {}) {
    /** @type {Map<string, any>} group id → {node, containers} */
    this.groups = new Map();
    /** @type {Map<string, any>} */
    this.others = new Map();
    /** @type {any[]} flows between groups */
    this.flows = [];
    this.revision = 1;
    this.random = chance(42);
    if (size.groups) this.#large(size.groups, size.flows ?? size.groups * 3, size.domains ?? 20);
    else this.#small();
  }

  #small() {
    this.others.set('external', { id: 'external', kind: 'external', name: 'external' });
    this.others.set('node-1', { id: 'node-1', kind: 'host', name: 'node-1', addresses: ['10.0.0.11'] });
    for (const service of SERVICES) this.addGroup(service);
    for (const [from, to, application, port, action] of FLOWS) this.addFlow({ from, to, application, port, action });
  }

  /** @param {number} groups @param {number} flows @param {number} domains */
  #large(groups, flows, domains) {
    this.others.set('external', { id: 'external', kind: 'external', name: 'external' });
    for (let i = 0; i < groups - 1; i++) {
      this.addGroup({ service: `service-${i}`, domain: `team-${i % domains}`, image: `registry/app-${i}:1.${i % 9}`, members: 1 + (i % 4) });
    }
    const ids = [...this.groups.keys()];
    const applications = [['HTTP', 'tcp/8080'], ['Redis', 'tcp/6379'], ['PostgreSQL', 'tcp/5432'], ['SSL', 'tcp/443'], ['DNS', 'udp/53']];
    const seen = new Set();
    while (this.flows.length < flows) {
      const a = Math.floor(this.random() * ids.length);
      const near = this.random() < 0.7;
      const step = 1 + Math.floor(this.random() * 8);
      const b = near ? (a + domains * step) % ids.length : Math.floor(this.random() * ids.length);
      if (a === b || seen.has(`${a} ${b}`)) continue;
      seen.add(`${a} ${b}`);
      const [application, port] = /** @type {[string, string]} */ (applications[Math.floor(this.random() * applications.length)]);
      const action = this.random() < 0.02 ? 'deny' : this.random() < 0.03 ? 'violate' : 'allow';
      this.addFlow({ from: /** @type {string} */ (ids[a]), to: /** @type {string} */ (ids[b]), application, port, action });
    }
  }

  /** @param {{service: string, domain: string, image: string, members: number, mode?: string}} service */
  addGroup({ service, domain, image, members, mode = 'Discover' }) {
    const id = `nv.${service}.${domain}`;
    const containers = Array.from({ length: members }, (_, n) => ({
      id: containerId(id, n),
      name: `${service}-${n + 1}`,
      address: `172.${20 + (this.groups.size % 10)}.${this.groups.size % 250}.${n + 2}`,
    }));
    const node = { id, kind: 'group', name: service, domain, image, members, addresses: containers.map((c) => c.address), mode, state: 'running' };
    this.groups.set(id, { node, containers, service });
    return id;
  }

  /** @param {{from: string, to: string, application: string, port: string, action?: string}} flow */
  addFlow({ from, to, application, port, action = 'allow' }) {
    const flow = {
      from, to, application, port, action,
      bytes: Math.floor(400 + this.random() ** 3 * 5e7),
      sessions: 1 + Math.floor(this.random() * 400),
      first: EPOCH - Math.floor(this.random() * 7200),
      last: Math.floor(Date.now() / 1000),
    };
    this.flows.push(flow);
    this.revision++;
    return flow;
  }

  /** Traffic goes on: some flows grow. */
  tick() {
    this.revision++;
    const grown = this.flows.filter((flow) => flow.action !== 'deny' && this.random() < 0.4);
    for (const flow of grown) {
      flow.bytes += Math.floor(this.random() * 40_000);
      flow.sessions += 1;
      flow.last = Math.floor(Date.now() / 1000);
    }
    return grown;
  }

  /** @param {ReadonlySet<string>} expanded */
  snapshot(expanded) {
    return { revision: this.revision, nodes: this.nodes(expanded), edges: this.edges(this.flows, expanded), truncated: false };
  }

  /** @param {ReadonlySet<string>} expanded */
  nodes(expanded) {
    const nodes = [...this.others.values()];
    for (const [id, { node, containers }] of this.groups) {
      if (!expanded.has(id)) nodes.push(node);
      else {
        for (const c of containers) {
          nodes.push({ id: c.id, kind: 'workload', name: c.name, group: id, domain: node.domain, image: node.image, addresses: [c.address], mode: node.mode, state: 'running' });
        }
      }
    }
    return nodes;
  }

  /**
   * The edges that these flows make, with expanded groups shown as their containers.
   * @param {any[]} flows @param {ReadonlySet<string>} expanded
   */
  edges(flows, expanded) {
    const touched = new Set(flows.map((flow) => `${flow.from} ${flow.to}`));
    const edges = new Map();
    for (const flow of this.flows) {
      if (!touched.has(`${flow.from} ${flow.to}`)) continue;
      for (const from of this.#ends(flow.from, expanded)) {
        for (const to of this.#ends(flow.to, expanded)) mergeEdge(edges, from, to, flow);
      }
    }
    return [...edges.values()];
  }

  /** @param {string} id @param {ReadonlySet<string>} expanded @returns {string[]} */
  #ends(id, expanded) {
    const group = this.groups.get(id);
    return group && expanded.has(id) ? group.containers.map((/** @type {any} */ c) => c.id) : [id];
  }

  /** @param {string} from @param {string} to */
  conversations(from, to) {
    const [groupFrom, groupTo] = [this.#groupOf(from), this.#groupOf(to)];
    return this.flows
      .filter((flow) => flow.from === groupFrom && flow.to === groupTo)
      .map((flow, n) => ({
        from, from_name: this.#nameOf(from), to, to_name: this.#nameOf(to),
        application: flow.application, port: flow.port, bytes: flow.bytes, sessions: flow.sessions,
        policy_action: flow.action === 'allow' ? 'learn' : flow.action, policy_id: flow.action === 'allow' ? 10001 + n : 0,
        first_seen_at: flow.first, last_seen_at: flow.last,
        client_addresses: this.#addressesOf(from), server_addresses: this.#addressesOf(to),
      }));
  }

  /** @param {string} id */
  #groupOf(id) {
    for (const [group, { containers }] of this.groups) {
      if (containers.some((/** @type {any} */ c) => c.id === id)) return group;
    }
    return id;
  }

  /** @param {string} id */
  #nameOf(id) {
    for (const { containers } of this.groups.values()) {
      const container = containers.find((/** @type {any} */ c) => c.id === id);
      if (container) return container.name;
    }
    return id;
  }

  /** @param {string} id */
  #addressesOf(id) {
    if (id === 'external') return ['203.0.113.24'];
    const group = this.groups.get(this.#groupOf(id));
    return group ? group.node.addresses : (this.others.get(id)?.addresses ?? []);
  }

  workloads() {
    return [...this.groups.values()].flatMap(({ node, containers, service }) =>
      containers.map((/** @type {any} */ c) => ({
        id: c.id, name: c.name, display_name: c.name, image: node.image, domain: node.domain, service, service_group: node.id,
        host_name: 'node-1', state: node.mode.toLowerCase(),
        applications: [...new Set(this.flows.filter((f) => f.to === node.id).map((f) => f.application))],
      })),
    );
  }

  /** @param {string} workload */
  sessions(workload) {
    const group = this.#groupOf(workload);
    return this.flows
      .filter((flow) => flow.from === group || flow.to === group)
      .map((flow, n) => ({
        id: n + 1, workload, application: flow.application, ip_proto: flow.port.startsWith('udp') ? 17 : 6,
        client_ip: this.#addressesOf(flow.from)[0], client_port: 40000 + n * 7,
        server_ip: this.#addressesOf(flow.to)[0], server_port: Number(flow.port.split('/')[1]),
        client_bytes: Math.floor(flow.bytes / 5), server_bytes: flow.bytes, age: 3 + n * 11, client_state: 'ESTABLISHED', server_state: 'ESTABLISHED',
      }));
  }

  summary() {
    const containers = this.workloads().length;
    return {
      hosts: 1, controllers: 1, enforcers: 1, domains: new Set([...this.groups.values()].map((g) => g.node.domain)).size,
      workloads: containers, running_workloads: containers, services: this.groups.size, policy_rules: this.flows.length, platform: 'Docker',
    };
  }
}

/** @param {Map<string, any>} edges @param {string} from @param {string} to @param {any} flow */
function mergeEdge(edges, from, to, flow) {
  const id = `${from}→${to}`;
  const edge = edges.get(id);
  if (!edge) {
    edges.set(id, {
      id, from, to, applications: [flow.application], ports: [flow.port], bytes: flow.bytes, sessions: flow.sessions,
      action: flow.action, first_seen_at: flow.first, last_seen_at: flow.last,
    });
    return;
  }
  if (!edge.applications.includes(flow.application)) edge.applications.push(flow.application);
  if (!edge.ports.includes(flow.port)) edge.ports.push(flow.port);
  edge.bytes += flow.bytes;
  edge.sessions += flow.sessions;
  edge.first_seen_at = Math.min(edge.first_seen_at, flow.first);
  edge.last_seen_at = Math.max(edge.last_seen_at, flow.last);
  const gravity = ['allow', 'violate', 'deny'];
  if (gravity.indexOf(flow.action) > gravity.indexOf(edge.action)) edge.action = flow.action;
}

/** @param {string} group @param {number} n */
function containerId(group, n) {
  const random = chance([...group].reduce((sum, c) => Math.imul(sum, 31) + c.charCodeAt(0), 7 + n));
  return Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('');
}
