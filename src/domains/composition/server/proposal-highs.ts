import highsLoader, { type Highs } from 'highs';
import type { Model } from '../rules/proposal/model.ts';
import type { Solver } from '../rules/proposal/solve.ts';

/** HiGHS, compiled to WebAssembly: a solver of mixed-integer models. Solving holds its thread: load it in one of its own. */
export const loadHighs = (): Promise<Highs> => highsLoader();

/** Points by which an answer may miss the best and still be called the best: nobody weighs vegetables that finely. */
const CLOSE_ENOUGH = 0.5;

/** Four times as much of its time as usual goes into finding answers, rather than proving them: seconds are few. */
const HEURISTICS = 0.2;

/** @param seconds after which it answers with the best it has. */
export const highsSolver =
  (highs: Highs, seconds: number): Solver =>
  (model, start) =>
    highs.withModel(dataOf(model), (solving) => {
      solving.options.set({
        output_flag: false,
        time_limit: seconds,
        mip_abs_gap: CLOSE_ENOUGH,
        mip_rel_gap: 0,
        mip_heuristic_effort: HEURISTICS,
      });
      solving.setSolution(start);
      solving.run();
      const found = solving.info.get('primal_solution_status') === 2;
      const bound = Number(solving.info.get('mip_dual_bound'));
      return { values: found ? solving.getSolution().colValue : null, bound: Number.isFinite(bound) ? Math.max(0, bound) : null };
    });

/** Rows as HiGHS takes them: one after the other, in three arrays. */
function dataOf({ columns, rows, offset }: Model) {
  const starts = [0];
  for (const { terms } of rows) starts.push(starts.at(-1)! + terms.length);
  const terms = rows.flatMap((row) => row.terms);
  return {
    numCols: columns.length,
    numRows: rows.length,
    offset,
    colCost: columns.map(({ cost }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    integrality: Int32Array.from(columns, ({ integer }) => (integer ? 1 : 0)),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: 'csr' as const,
      numRows: rows.length,
      numCols: columns.length,
      starts,
      indices: terms.map(([at]) => at),
      values: terms.map(([, factor]) => factor),
    },
  };
}
