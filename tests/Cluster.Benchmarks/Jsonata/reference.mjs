// Measures npm jsonata beside ours: one line of JSON in, one out. Arguments: the folder in which the package is installed.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";

const jsonata = createRequire(join(process.argv[2], "package.json"))("jsonata");
let expression, input, bindings;

async function evaluate(count) {
  const began = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await expression.evaluate(input, bindings);
  return Number(process.hrtime.bigint() - began);
}

async function handle(request) {
  if (request.expression !== undefined) {
    ({ input, bindings } = request);
    expression = jsonata(request.expression);
    return { result: await expression.evaluate(input, bindings) };
  }
  let count = 1, took = 0;
  while ((took = await evaluate(count)) < request.nanoseconds) count = Math.max(count * 2, Math.ceil(count * request.nanoseconds / Math.max(took, 1)));
  return { nanoseconds: took / count };
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await handle(JSON.parse(line));
  } catch (error) {
    answer = { error: String(error.message ?? error.code ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
