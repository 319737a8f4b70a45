import { logRotationProblems, type LogRotation } from '../../../lib/cluster/log-rotation';

test.each<{ rotation: LogRotation | undefined; problems: readonly string[] }>([
  { rotation: undefined, problems: [] },
  { rotation: { containerLogMaxMib: 50, containerLogMaxFiles: 2 }, problems: [] },
  {
    rotation: { containerLogMaxMib: 0.5 },
    problems: ['logRotation.containerLogMaxMib must be a whole number of at least 1, got 0.5'],
  },
  {
    rotation: { containerLogMaxFiles: 1 },
    problems: ['logRotation.containerLogMaxFiles must be a whole number of at least 2, got 1'],
  },
])('$rotation', ({ rotation, problems }) => {
  expect(logRotationProblems('logRotation', rotation).filter(Boolean)).toEqual(problems);
});
