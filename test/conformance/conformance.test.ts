import { describe, test } from 'vitest';
import { SCENARIOS } from './scenarios.ts';
import { checkPlayed } from './stage/check.ts';
import { playScenario } from './stage/play.ts';
import { embeddedStage } from './stage/stage.ts';
import { expectationOf, titleOf, variantsOf } from './stage/variant.ts';

describe.each(SCENARIOS)('$id: $title', (scenario) => {
  test.each(variantsOf(scenario).map((variant) => ({ variant, title: titleOf(variant) })))(
    '$title',
    async ({ variant }) => {
      const played = await playScenario(scenario, variant, embeddedStage());
      checkPlayed(played, expectationOf(scenario, variant), variant);
    },
  );
});
