import { describe, expect, it } from 'vitest';
import { EventParser } from '../../src/data/sse';

const STREAM = '\uFEFFevent: snapshot\r\ndata: {"a":1}\r\n\r\n: comment\nid: 7\nevent:delta\ndata:x\ndata: y\n\ndata: plain\r\revent: empty\n\n';
const EVENTS = [
  { type: 'snapshot', data: '{"a":1}' },
  { type: 'delta', data: 'x\ny' },
  { type: 'message', data: 'plain' },
];

describe('EventParser', () => {
  it('reads events whatever ends the lines', () => {
    expect(new EventParser().feed(STREAM)).toEqual(EVENTS);
  });

  it('reads the same events in any two pieces', () => {
    for (let at = 0; at <= STREAM.length; at++) {
      const parser = new EventParser();
      expect([...parser.feed(STREAM.slice(0, at)), ...parser.feed(STREAM.slice(at))]).toEqual(EVENTS);
    }
  });

  it('reads the same events a character at a time', () => {
    const parser = new EventParser();
    expect([...STREAM].flatMap((character) => parser.feed(character))).toEqual(EVENTS);
  });

  it('keeps an unfinished event back', () => {
    expect(new EventParser().feed('event: delta\ndata: half')).toEqual([]);
  });

  it('refuses an event without end', () => {
    const parser = new EventParser();
    const megabyte = 'x'.repeat(1024 * 1024);
    expect(() => {
      for (let i = 0; i < 70; i++) parser.feed(`data: ${megabyte}\n`);
    }).toThrow('too long');
  });
});
