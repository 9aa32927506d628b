import { MockController } from './server.mjs';
import { World } from './world.mjs';

// npm run mock [-- PORT [GROUPS FLOWS]]
const [port = '18080', groups, flows] = process.argv.slice(2);
const world = groups ? new World({ groups: Number(groups), flows: Number(flows ?? Number(groups) * 3) }) : new World();
const mock = new MockController(world);
const address = await mock.start(Number(port));
process.stdout.write(`Console with generated traffic: ${address} (user admin, password open)\n`);

setInterval(() => mock.tick(), 2_000);
if (!groups) {
  setTimeout(() => mock.addFlow({ from: 'nv.ubuntu.tools', to: 'nv.redis-server.yelb', application: 'Redis', port: 'tcp/6379', action: 'deny' }), 15_000);
}
