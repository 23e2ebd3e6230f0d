/** Rows looked at before the thread is given back. */
const SLICE = 2000;

/** The rows in slices that leave the thread free between them. */
export async function* createSlices<Row>(rows: readonly Row[], size = SLICE): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += size) {
    yield rows.slice(start, start + size);
    await new Promise(setImmediate);
  }
}
