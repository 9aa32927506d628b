import { formatRoute, type NetworkRoute, parseRoute, type Route, type WorkloadsRoute } from './domain/route';

/** The place in the console, kept in the location's hash: every view can be linked to, and Back works. */
class Router {
  current = $state.raw<Route>(parseRoute(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      if (location.hash !== formatRoute(this.current)) this.current = parseRoute(location.hash);
    });
  }

  /** Goes somewhere; replaces the entry in the history where a step back would be of no use. */
  go(route: Route, replace = false): void {
    this.current = route;
    const hash = formatRoute(route);
    if (replace) history.replaceState(null, '', hash);
    else if (location.hash !== hash) history.pushState(null, '', hash);
  }

  amendNetwork(change: Partial<NetworkRoute>, replace = false): void {
    if (this.current.page === 'network') this.go({ ...this.current, ...change }, replace);
  }

  amendWorkloads(change: Partial<WorkloadsRoute>, replace = false): void {
    if (this.current.page === 'workloads') this.go({ ...this.current, ...change }, replace);
  }
}

export const router = new Router();
