/**
 * Program: a web site whose page says something only when its script runs, and remembers its visitor in the browser's own storage.
 * Arguments: key, certificate, port.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

const [key = '', certificate = '', port] = process.argv.slice(2);
const PAGE = `<!doctype html>
<title>Intranet</title>
<h1>Intranet</h1>
<p id="sum"></p>
<p id="visits"></p>
<script>
  document.getElementById('sum').textContent = 'The sum is ' + (19 + 23);
  const visits = Number(localStorage.getItem('visits') ?? 0) + 1;
  localStorage.setItem('visits', String(visits));
  document.getElementById('visits').textContent = 'Visit number ' + visits;
</script>
`;

createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGE);
}).listen(Number(port), '0.0.0.0');
