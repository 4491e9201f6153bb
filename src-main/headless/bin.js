#!/usr/bin/env node
/** Starts the command line on a Node that can run it. Plain JavaScript, which any Node reads. */
const leastNode = 24

if (Number.parseInt(process.versions.node) < leastNode) {
  console.error(
    `espalier runs on Node ${leastNode} or later, and this is Node ${process.versions.node}. Install a newer one.`,
  )
  process.exitCode = 1
} else await import('../out/main/espalier.js')
