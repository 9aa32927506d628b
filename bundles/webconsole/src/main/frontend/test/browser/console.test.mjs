import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { World } from '../../mock/world.mjs';
import { withConsole } from './harness.mjs';

const YELB = ['nv.yelb-ui.yelb', 'nv.yelb-appserver.yelb', 'nv.yelb-db.yelb', 'nv.redis-server.yelb'];

test('a wrong password is refused, the right one opens the map', () =>
  withConsole(async ({ page, address }) => {
    await page.goto(address);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('Enter a username and a password.').waitFor();
    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByText('The username or the password is wrong.').waitFor();
    await page.getByLabel('Password').fill('open');
    await page.keyboard.press('Enter');
    await page.getByRole('application').waitFor();
  }));

test('the map shows the application; a new flow appears without a reload and moves nothing', () =>
  withConsole(async (console) => {
    await console.logIn();
    await console.shows(11, 13);
    const before = await console.places();
    for (const group of YELB) assert.ok(before[group], `${group} is on the map`);
    console.mock.addFlow({ from: 'nv.ubuntu.tools', to: 'nv.redis-server.yelb', application: 'Redis', port: 'tcp/6379' });
    await console.shows(11, 14);
    await console.page.getByText('New flow: nv.ubuntu.tools to nv.redis-server.yelb, Redis').waitFor({ state: 'attached' });
    assert.deepEqual(await console.places(), before);
    console.mock.addGroup(
      { service: 'worker', domain: 'yelb', image: 'yelb/worker:1', members: 1 },
      { from: 'nv.worker.yelb', to: 'nv.redis-server.yelb', application: 'Redis', port: 'tcp/6379' },
    );
    await console.shows(12, 15);
    const after = await console.places();
    assert.ok(after['nv.worker.yelb']);
    for (const [id, place] of Object.entries(before)) assert.deepEqual(after[id], place, `${id} stays`);
  }));

test('a double click opens a group into its containers; nothing else moves', () =>
  withConsole(async (console) => {
    await console.logIn();
    await console.shows(11, 13);
    const before = await console.places();
    const group = await console.placeOf('nv.yelb-appserver.yelb');
    await console.page.mouse.dblclick(group.x, group.y);
    await console.shows(13, 23);
    const open = await console.places();
    assert.equal(open['nv.yelb-appserver.yelb'], undefined);
    for (const id of Object.keys(before).filter((id) => id !== 'nv.yelb-appserver.yelb')) assert.deepEqual(open[id], before[id]);
    assert.match(console.page.url(), /expand=nv\.yelb-appserver\.yelb/);
    await console.page.goBack();
    await console.shows(11, 13);
    assert.deepEqual(await console.places(), before);
  }));

test('a click on a line lists its conversations', () =>
  withConsole(async (console) => {
    await console.logIn();
    await console.shows(11, 13);
    const [from, to] = [await console.placeOf('nv.yelb-ui.yelb'), await console.placeOf('nv.yelb-appserver.yelb')];
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    // The line bends a little to its left, upwards here.
    await console.page.mouse.click(middle.x, middle.y - 0.055 * (to.x - from.x));
    const panel = console.page.getByRole('complementary');
    await panel.getByRole('heading', { name: 'nv.yelb-ui.yelb → nv.yelb-appserver.yelb' }).waitFor();
    const row = panel.getByRole('table').getByRole('row').nth(1);
    await row.getByText('tcp/4567').waitFor();
    assert.match((await row.textContent()) ?? '', /HTTP.*tcp\/4567.*Learn.*1000\d/);
    await console.page.keyboard.press('Escape');
  }));

test('search dims the rest, the namespace filter leaves the rest out, hiding takes away', () =>
  withConsole(async (console) => {
    const { page } = console;
    await console.logIn();
    await console.shows(11, 13);
    const plain = await page.locator('canvas').screenshot();
    await page.getByLabel('Search').fill('app:postgresql');
    await page.getByText('2 found').waitFor();
    assert.match(page.url(), /q=app%3Apostgresql/);
    await page.waitForTimeout(200);
    assert.notDeepEqual(await page.locator('canvas').screenshot(), plain);
    await page.getByLabel('Search').fill('no such thing');
    await page.getByText('Nothing found').waitFor();
    await page.getByLabel('Search').fill('');

    await page.getByRole('button', { name: 'All namespaces' }).click();
    await page.getByRole('checkbox', { name: 'monitoring' }).check();
    await console.shows(5, 4);
    await page.getByRole('checkbox', { name: 'monitoring' }).uncheck();
    await page.getByRole('checkbox', { name: 'yelb' }).check();
    await console.shows(8, 9);
    await page.keyboard.press('Escape');

    const external = await console.placeOf('external');
    await page.mouse.click(external.x, external.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Expand', exact: false }).first().waitFor();
    assert.equal(await page.getByRole('menuitem', { name: 'Packet capture' }).getAttribute('aria-disabled'), 'true');
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await console.shows(7, 8);
    await page.getByRole('button', { name: 'Hidden (1)' }).click();
    await page.getByRole('button', { name: 'Show all' }).click();
    await console.shows(8, 9);
    const url = page.url();
    await page.goto('about:blank');
    await page.goto(url);
    await console.shows(8, 9);
  }));

test('a node can be dragged, the map fitted, paused and saved as a picture', () =>
  withConsole(async (console) => {
    const { page } = console;
    await console.logIn();
    await console.shows(11, 13);
    const before = await console.places();
    const node = await console.placeOf('nv.ubuntu.tools');
    await page.mouse.move(node.x, node.y);
    await page.mouse.down();
    await page.mouse.move(node.x + 40, node.y + 30, { steps: 4 });
    await page.mouse.up();
    const after = await console.places();
    const [was, is] = [before['nv.ubuntu.tools'], after['nv.ubuntu.tools']];
    assert.ok(was && is && Math.abs(is.x - was.x - 40) < 1 && Math.abs(is.y - was.y - 30) < 1);
    assert.deepEqual(after['external'], before['external']);

    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.notDeepEqual((await console.places())['external'], before['external']);
    await page.waitForURL(/at=/);
    await page.getByRole('button', { name: 'Fit to screen' }).click();
    assert.doesNotMatch(page.url(), /at=/);

    await page.getByRole('button', { name: 'Pause' }).click();
    console.mock.addFlow({ from: 'nv.ubuntu.tools', to: 'external', application: 'SSL', port: 'tcp/443' });
    await page.getByText('1 waiting').waitFor();
    await console.shows(11, 13);
    await page.getByRole('button', { name: 'Resume' }).click();
    await console.shows(11, 14);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Snapshot' }).click();
    const picture = await readFile(await (await download).path());
    assert.equal(picture.subarray(1, 4).toString(), 'PNG');
    assert.ok(picture.length > 10_000);
  }));

test('everything can be done by keyboard', () =>
  withConsole(async (console) => {
    const { page } = console;
    await console.logIn();
    await console.shows(11, 13);
    await console.map.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^external, External, 0 incoming and 2 outgoing flows$/).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^nv\.yelb-ui\.yelb, Group/).waitFor({ state: 'attached' });
    await page.keyboard.press('Enter');
    await page.getByRole('complementary').getByRole('heading', { name: 'nv.yelb-ui.yelb' }).waitFor();
    await console.map.focus();
    await page.keyboard.press('f');
    await page.getByRole('complementary').getByText('Conversations', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await console.shows(12, 17);
    await page.goBack();
    await console.map.focus();
    await page.keyboard.press('/');
    await page.waitForFunction(() => document.activeElement?.id === 'network-search');
  }));

test('the table shows the same data', () =>
  withConsole(async (console) => {
    const { page } = console;
    await console.logIn();
    await console.shows(11, 13);
    await page.getByRole('button', { name: 'Table' }).click();
    const flows = page.getByRole('table', { name: 'Flows (13)' });
    await flows.getByRole('row', { name: /nv\.yelb-appserver\.yelb nv\.yelb-db\.yelb PostgreSQL tcp\/5432/ }).waitFor();
    await flows.getByRole('button', { name: 'Bytes' }).click();
    assert.equal(await flows.getByRole('columnheader', { name: 'Bytes' }).getAttribute('aria-sort'), 'descending');
    await flows.getByRole('button', { name: 'Conversations: nv.yelb-appserver.yelb → nv.yelb-db.yelb' }).click();
    await page.getByRole('complementary').getByRole('cell', { name: 'tcp/5432' }).waitFor();
    await page.getByRole('button', { name: 'Expand nv.yelb-appserver.yelb' }).click();
    await page.getByRole('table', { name: 'Endpoints (13)' }).getByRole('button', { name: 'yelb-appserver-1', exact: true }).waitFor();
    await page.getByLabel('Search').fill('yelb-appserver-1');
    await page.getByRole('table', { name: 'Endpoints (1)' }).waitFor();
  }));

test('packets of a container are captured and downloaded, its sessions listed', () =>
  withConsole(async (console) => {
    const { page } = console;
    await console.logIn();
    await console.shows(11, 13);
    const group = await console.placeOf('nv.yelb-db.yelb');
    await page.mouse.click(group.x, group.y, { button: 'right' });
    await page.getByRole('menuitem', { name: 'Active sessions' }).click();
    const panel = page.getByRole('complementary');
    await panel.getByRole('row', { name: /PostgreSQL/ }).first().waitFor();
    await panel.getByRole('tab', { name: 'Packet capture' }).click();
    await panel.getByLabel('Seconds').fill('0');
    await panel.getByRole('button', { name: 'Start capture' }).click();
    await panel.getByText('Enter 1 to 3600 seconds.').waitFor();
    await panel.getByLabel('Seconds').fill('60');
    await panel.getByRole('button', { name: 'Start capture' }).click();
    await panel.getByRole('button', { name: 'Stop' }).click();
    const download = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Download' }).click();
    const pcap = await readFile(await (await download).path());
    assert.equal(pcap.readUInt32LE(0), 0xa1b2c3d4);
    await panel.getByRole('button', { name: /^Delete/ }).click();
    await panel.getByText('No capture has been made.').waitFor();
  }));

test('a session that ends leads to the sign-in page and back to the same place', () =>
  withConsole(async (console) => {
    const { page, mock } = console;
    await console.logIn('#/workloads?q=yelb');
    await page.getByText('7 workloads').waitFor();
    mock.expireSessions();
    await page.reload();
    await page.getByText('Your session has ended.').waitFor();
    await page.getByLabel('Username').fill('admin');
    await page.getByLabel('Password').fill('open');
    await page.keyboard.press('Enter');
    await page.getByText('7 workloads').waitFor();
    assert.match(page.url(), /#\/workloads\?q=yelb/);
    await page.getByRole('button', { name: 'Show on map: yelb-db-1' }).click();
    await page.getByRole('complementary').getByRole('heading', { name: 'nv.yelb-db.yelb' }).waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
  }));

test('many groups are first shown as namespaces, which open', () =>
  withConsole(
    async (console) => {
      const { page } = console;
      await console.logIn();
      await page.getByRole('application', { name: /: 21 endpoints/ }).waitFor();
      const place = await console.placeOf('domain:team-8');
      await page.mouse.dblclick(place.x, place.y);
      await page.getByRole('application', { name: /: 45 endpoints/ }).waitFor();
      await page.getByRole('button', { name: 'All namespaces' }).click();
      await page.getByLabel('Collapse namespaces').selectOption('none');
      await console.shows(500, 3000);
    },
    { world: new World({ groups: 500, flows: 3000 }) },
  ));

for (const theme of /** @type {const} */ (['light', 'dark'])) {
  test(`no page breaches accessibility, ${theme}`, () =>
    withConsole(
      async (console) => {
        const { page } = console;
        const check = async (/** @type {string} */ what) => assert.deepEqual(await console.breaches(), [], what);
        await page.goto(console.address);
        await page.getByRole('button', { name: 'Log in' }).click();
        await check('sign-in page');
        await console.logIn();
        await console.shows(11, 13);
        await page.getByRole('button', { name: 'Legend' }).click();
        await page.getByRole('button', { name: 'All namespaces' }).click();
        await check('map with legend and filter');
        await page.goto(`${console.address}#/network?node=nv.yelb-ui.yelb`);
        await page.getByRole('complementary').waitFor();
        await check('details of a node');
        for (const tab of ['Sessions', 'Packet capture']) {
          await page.getByRole('tab', { name: tab }).click();
          await page.getByRole('combobox').waitFor();
          await page.waitForTimeout(300);
          await check(tab);
        }
        const place = await console.placeOf('external');
        await page.mouse.click(place.x, place.y, { button: 'right' });
        await check('menu');
        await page.keyboard.press('Escape');
        await page.goto(`${console.address}#/network?view=table&edge=${encodeURIComponent('nv.ubuntu.tools→nv.yelb-db.yelb')}`);
        await page.getByRole('complementary').getByRole('table').waitFor();
        await check('table with conversations');
        await page.goto(`${console.address}#/workloads`);
        await page.getByRole('table').waitFor();
        await check('workloads');
      },
      { theme },
    ));
}
