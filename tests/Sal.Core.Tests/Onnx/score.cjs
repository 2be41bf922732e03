// Scores rows with an ONNX model. Reads a job from standard input and writes the result to standard output, both JSON:
//   job     { packages, model, inputs: [{ name, type, shape, data }], outputs: [name], batches: [rows], timings }
//   result  [{ batch, microseconds, outputs: { name: { type, columns, data } } }], one for each batch size
// A shape is that of a row. Data is base64 of the raw elements, or an array for strings. Every batch size scores all rows.
const { createRequire } = require('module');

const elements = { float32: Float32Array, int64: BigInt64Array, uint32: Uint32Array };

function read(input) {
  if (input.type === 'string') return input.data;
  const bytes = Uint8Array.from(Buffer.from(input.data, 'base64'));
  return new elements[input.type](bytes.buffer);
}

function write(chunks) {
  const { type, dims } = chunks[0];
  const columns = dims.length < 2 ? null : dims[1];
  if (type === 'string') return { type, columns, data: chunks.flatMap(chunk => chunk.data) };
  const bytes = chunks.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  return { type, columns, data: Buffer.concat(bytes).toString('base64') };
}

async function main(job) {
  const ort = createRequire(job.packages + '/')('onnxruntime-node');
  const session = await ort.InferenceSession.create(job.model, { intraOpNumThreads: 1, logSeverityLevel: 3 });
  const inputs = job.inputs.map(input => ({ ...input, data: read(input), columns: input.shape.reduce((x, y) => x * y) }));
  const rows = inputs[0].data.length / inputs[0].columns;
  const feeds = (start, end) => Object.fromEntries(inputs.map(({ name, type, shape, columns, data }) =>
    [name, new ort.Tensor(type, data.slice(start * columns, end * columns), [end - start, ...shape])]));

  const results = [];
  for (const batch of job.batches) {
    const chunks = [];
    for (let start = 0; start < rows; start += batch) {
      chunks.push(await session.run(feeds(start, Math.min(start + batch, rows)), job.outputs));
    }

    let microseconds = null;
    if (job.timings) {
      const first = feeds(0, Math.min(batch, rows));
      for (let i = 0; i < 100; i++) {
        const start = process.hrtime.bigint();
        await session.run(first, job.outputs);
        const taken = Number(process.hrtime.bigint() - start) / 1000;
        microseconds = Math.min(microseconds ?? taken, taken);
      }
    }

    results.push({ batch, microseconds, outputs: Object.fromEntries(job.outputs.map(name => [name, write(chunks.map(chunk => chunk[name]))])) });
  }

  return results;
}

let text = '';
process.stdin.on('data', part => { text += part; });
process.stdin.on('end', () => main(JSON.parse(text)).then(
  results => process.stdout.write(JSON.stringify(results)),
  error => { console.error(error); process.exitCode = 1; }));
