'use strict';

/**
 * One way to compile for the tests and for the package. `lazy` defers loading a dependency until its first use, so a
 * construct that is not used costs nothing; `lazyLocal` does the same for relative imports (the public index).
 */
function swcOptions(lazyLocal = []) {
  return {
    swcrc: false,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
    module: {
      type: 'commonjs',
      lazy: lazyLocal.length > 0 ? lazyLocal : true,
      importInterop: 'none',
      // Node finds by it what an ES module may import by name.
      exportInteropAnnotation: true,
    },
    sourceMaps: false,
  };
}

module.exports = { swcOptions };
