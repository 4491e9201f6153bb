/** Everything the workbench calls. */
export { copyRows, multiply, multiplyTransposed, packPanels, packPanelsTransposed, transpose } from './products'
