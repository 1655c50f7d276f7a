/** The benchmark as a page: for a person's own GPU by its button, for `npm run bench` by a global. */
import { saveBlob } from '../../../src/islands/saveBlob.ts';
import { fileOf } from '../file.ts';
import { planOf } from '../plan.ts';
import { conditionsOf, failuresOf, rowsOf } from '../table.ts';
import type { Plan, Report } from '../types.ts';
import { runPlan } from './run.ts';

declare global {
  interface Window {
    runPlan?: (plan: Plan) => Promise<Report>;
    /** There when the command listens. */
    tellProgress?: (text: string) => Promise<void>;
  }
  /** Set by the server from the installed packages. */
  const BENCH_VERSIONS: Report['versions'];
}

const part = (selector: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
};
const status = part('[role=status]');
const form = part('form');
let shown: Report | null = null;
const tell = (text: string): void => {
  status.textContent = text;
  void window.tellProgress?.(text);
};

window.runPlan = (plan) => runPlan(plan, BENCH_VERSIONS, tell);

part('[data-run]').addEventListener('click', () => {
  const options = Object.fromEntries(new URLSearchParams(location.search));
  Promise.resolve(options)
    .then((given) => runPlan(planOf(given), BENCH_VERSIONS, tell))
    .then(show, (error: unknown) => {
      tell(error instanceof Error ? error.message : String(error));
    });
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!shown || !(form instanceof HTMLFormElement)) return;
  const machine = new FormData(form).get('machine');
  if (typeof machine !== 'string') return;
  const { name, text } = fileOf(shown, machine.trim(), new Date());
  saveBlob(new Blob([text], { type: 'application/json' }), name);
});

function show(report: Report): void {
  tell('');
  shown = report;
  form.hidden = false;
  part('pre').textContent = conditionsOf(report);
  const rows = rowsOf(report).map((cells, i) => {
    const row = document.createElement('tr');
    for (const text of cells) {
      const cell = document.createElement(i === 0 ? 'th' : 'td');
      cell.textContent = text;
      row.append(cell);
    }
    return row;
  });
  part('table').replaceChildren(...rows);
  const lines = failuresOf(report).map((text) => {
    const line = document.createElement('li');
    line.textContent = text;
    return line;
  });
  part('ul').replaceChildren(...lines);
}
