/**
 * Program: a model provider in the pod that streams a fixed answer slowly, as OpenAI's chat completions do. Argument: the port.
 * Word by word, so that a proxy which holds the answer back shows.
 */
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const WORDS = ['one ', 'two ', 'three ', 'four ', 'five'];
const PAUSE_MILLISECONDS = 300;

createServer(async (incoming, answer) => {
  incoming.resume();
  if (incoming.method !== 'POST' || !incoming.url?.endsWith('/chat/completions')) {
    answer.writeHead(404).end();
    return;
  }
  const send = (choice: object): void => {
    answer.write(
      `data: ${JSON.stringify({ id: 'answer', object: 'chat.completion.chunk', created: 1, model: 'slow', choices: [{ index: 0, finish_reason: null, ...choice }] })}\n\n`,
    );
  };
  answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
  for (const content of WORDS) {
    send({ delta: { role: 'assistant', content } });
    await sleep(PAUSE_MILLISECONDS);
  }
  send({ delta: {}, finish_reason: 'stop' });
  answer.end('data: [DONE]\n\n');
}).listen(Number(process.argv[2]), '127.0.0.1');
