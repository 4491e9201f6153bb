/** The cells of the pair table that predictions keep. */
import { storedCellFloor, storedCellsPerWord } from '#main/document/prediction'

/** Logit of `storedCellFloor`. Comparing logits saves a sigmoid for each of millions of cells. */
const floorLogit = Math.log(storedCellFloor / (1 - storedCellFloor))

/** Limits of the cells that a prediction keeps. */
export const storedCells = { floor: floorLogit, cellsPerWord: storedCellsPerWord }
