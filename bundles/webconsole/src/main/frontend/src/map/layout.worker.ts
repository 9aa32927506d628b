import { settle } from './forces';
import { arrange, type LayoutInput } from './layout';

export interface LayoutRequest {
  readonly serial: number;
  readonly input: LayoutInput;
}

export interface LayoutAnswer {
  readonly serial: number;
  readonly positions: Float64Array;
}

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const { serial, input } = event.data;
  const answer: LayoutAnswer = { serial, positions: arrange(input, settle) };
  postMessage(answer, { transfer: [answer.positions.buffer] });
});
