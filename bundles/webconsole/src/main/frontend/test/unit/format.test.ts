import { describe, expect, it } from 'vitest';
import { age, bytes, duration, ipProtocol } from '../../src/domain/format';

describe('format', () => {
  it.each([
    [0, '0 B'], [999, '999 B'], [1000, '1.0 KB'], [9949, '9.9 KB'], [9950, '10 KB'], [999_499, '999 KB'],
    [999_500, '1.0 MB'], [1_234_567, '1.2 MB'], [5e15, '5.0 PB'], [-5, '0 B'],
  ])('writes %d bytes as %s', (count, text) => {
    expect(bytes(count)).toBe(text);
  });

  it.each([
    [0.4, '0 s'], [59, '59 s'], [60, '1 min'], [3599, '59 min'], [3600, '1 h'], [7500, '2 h 5 min'], [200_000, '2 d'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('shows no negative age when clocks differ', () => {
    expect(age(2000, 1_000_000)).toBe('0 s');
  });

  it('names protocols by number or name', () => {
    expect([ipProtocol(6), ipProtocol('17'), ipProtocol('SCTP'), ipProtocol(undefined)]).toEqual(['tcp', 'udp', 'sctp', '']);
  });
});
