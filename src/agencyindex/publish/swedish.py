"""The words of a methodology page, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping

from agencyindex._model.phrases import IN_SWEDISH

SWEDISH: Mapping[str, str] = {
    **IN_SWEDISH,
    "index": "Index: {}, version {}",
    "questionnaire": "Frågeformulär: {} ({}, version {})",
    "scale": "Skala: från {} till {}",
    "population": "Skattat på {} myndigheter, omgång {}",
    "synthetic_population": "Syntetiskt: uppgifter som indexet är skattat på är påhittade.",
    "fingerprints": (
        "Fingeravtryck (SHA-256): svaren som det skattades på {}, definitionen före skattningen {}"
    ),
    "register_read": "Fingeravtryck av registret som användes: {}",
    "edition_before": "Skattat även på omgången före: {}, fingeravtryck av svaren {}",
    "synthetic_index": "Syntetiskt: indexet är påhittat.",
    "synthetic_questionnaire": "Syntetiskt: frågeformuläret är påhittat.",
    "to_learn": (
        "Några av indexets tal är inte angivna: de skattas på svaren från en population av "
        "myndigheter. Dessa steg skattas:"
    ),
    "learns": "{}: {}",
    "mean_rule": "medelvärdet för saknade svar",
    "steps": "Så räknas indexet fram",
    "steps_text": (
        "Ett svar blir poäng enligt indikatorns poängsättning eller, om svaret saknas, enligt en "
        "regel. Poängen normaliseras, så att mer är bättre och indikatorerna kan vägas samman. "
        "Indikatorerna i en del viktas och vägs samman till delens värde och delarna till "
        "indexet, som avrundas och rangordnas. Det som anges här gäller hela indexet, om inget "
        "annat anges för en del nedan."
    ),
    "missing": "Saknade svar",
    "imputation": "Imputering",
    "treatment": "Transformationer och extremvärden",
    "normalisation": "Normalisering",
    "weighting": "Vikter",
    "aggregation": "Sammanvägning",
    "rescaling": "Omskalning av indexet",
    "publishing": "Avrundning, rangordning och klasser",
    "parts": "Delar och indikatorer",
    "routing": "Övriga frågor som används",
    "routing_text": (
        "De här frågorna ger inga egna poäng. De styr vilka frågor som ställs, eller är det som "
        "andra svar delas med."
    ),
    "methods": "Metoder",
    "methods_text": (
        "I formlerna är {} svaret från myndighet {}, {} är poäng, {} är det som ett steg får och "
        "{} det som det ger, {} är vikten för del {}, {} de delar som har ett värde, och {} är 1 "
        "där villkoret är uppfyllt och annars 0."
    ),
    "no_rules": "Varje del eller indikator anger vad saknade svar räknas som.",
    "reason": "Orsak",
    "counts_as": "Vad det räknas som",
    "not_answered": "inte besvarad",
    "dont_know": "vet inte",
    "refused": "vill inte svara",
    "not_applicable": "inte tillämpligt",
    "not_asked": "inte ställd",
    "exclude": "räknas bort",
    "worst": "som det sämsta som kan uppnås",
    "best": "som det bästa som kan uppnås",
    "mean": "som populationens medelvärde",
    "impute": "imputeras",
    "propagate": "saknas: hela delen blir utan värde",
    "shared": "Där något räknas bort fördelas dess vikt på de övriga.",
    "adds_nothing": "I en summa bidrar det som räknas bort inte med något.",
    "points_rule": "{} poäng",
    "imputed_by": "Det som imputeras är: {}.",
    "no_imputation": "Ingen imputering gäller för hela indexet; delarna anger sina egna.",
    "coverage": (
        "En del blir utan värde om det som har ett värde har mindre än {} av vikten i den."
    ),
    "no_coverage": "Det finns ingen minsta andel av vikten som måste ha ett värde.",
    "treated_by": "Före normaliseringen, i denna ordning:",
    "normalised_by": "Varje indikators värden normaliseras enligt: {}.",
    "no_normalisation": "Varje del eller indikator anger sin egen.",
    "weighted_by": "Vikterna för delarna i en helhet kommer från: {}.",
    "weights_text": (
        "Vikten är andelen bland delarna i samma helhet. Den effektiva vikten är produkten av "
        "andelarna från indexet och nedåt: andelen av hela indexet."
    ),
    "weights_share": (
        "Där värden vägs samman på annat sätt än med en summa är vikten andelen bland delarna i "
        "samma helhet, i procent."
    ),
    "weights_term": (
        "I en summa är vikten det tal som delens värde multipliceras med: lika vikter är 1, "
        "angivna vikter används som de är angivna, och vikter enligt någon annan metod används "
        "som metodens formel ger dem. De behöver inte summera till 1."
    ),
    "weights_effective": (
        "Den effektiva vikten är produkten av vikterna från indexet och nedåt: hur mycket indexet "
        "ökar för varje 1 som delens värde ökar, före eventuell omskalning."
    ),
    "effective_share": "Där den anges i procent är den andelen av hela indexet.",
    "not_linear": (
        "Där värden vägs samman på annat sätt än med ett aritmetiskt medelvärde eller en summa "
        "säger den effektiva vikten hur mycket en del är tänkt att betyda, inte hur många poäng "
        "den kan ändra."
    ),
    "weights_learnt": "Vikter som skattas har inga tal förrän indexet är skattat.",
    "aggregated_by": "Delarnas värden vägs samman med: {}.",
    "rescaled_by": "Indexets värde skalas sedan om enligt: {}.",
    "part": "Del",
    "own_weight": "Vikt",
    "effective": "Effektiv vikt",
    "learnt": "skattas",
    "nowhere": "Talen avrundas inte.",
    "published": "Det publicerade värdet avrundas till {}, {}.",
    "every_level": "Varje värde på varje nivå avrundas till {}, {}.",
    "decimal": "1 decimal",
    "decimals": "{} decimaler",
    "half_up": "med halvor bort från noll",
    "half_even": "med halvor till jämn siffra",
    "binary": "till det närmaste talet i binär form",
    "rank_on": "Myndigheterna rangordnas efter {}, och det {} har rang 1.",
    "raw": "värdet före avrundning",
    "published_figure": "det publicerade värdet",
    "highest": "högsta",
    "lowest": "lägsta",
    "smallest": "Lika värden får den minsta av sina ranger.",
    "largest": "Lika värden får den största av sina ranger.",
    "average": "Lika värden får medelvärdet av sina ranger.",
    "dense": "Lika värden får samma rang, och nästa värde får nästa rang.",
    "band": "Klass",
    "figures": "Publicerat värde",
    "below_edge": "under {}",
    "to_edge": "till och med {}",
    "until_edge": "till men inte med {}",
    "from_edge": "från och med {}",
    "above_edge": "över {}",
    "upwards": "{}",
    "closed_upper": "Ett värde på en gräns hör till klassen ovanför.",
    "closed_lower": "Ett värde på en gräns hör till klassen nedanför.",
    "id": "Namn i data: {}",
    "weight": "Vikt: {} av sin helhet och {} av indexet",
    "weight_within": "Vikt: {} av sin helhet; effektiv vikt {}",
    "weight_term": "Vikt: {} i summan; effektiv vikt {}",
    "stated": "{} (angiven)",
    "stated_share": "{} (angiven), det vill säga {}",
    "source": "Källa: {}",
    "own_missing": "Saknade svar, {}: {}",
    "own_coverage": "Minsta andel av vikten som måste ha ett värde: {}",
    "own_imputation": "Imputering: {}",
    "own_treatment": "Transformation: {}",
    "untreated": "ingen",
    "own_normalisation": "Normalisering: {}",
    "own_weighting": "Vikter för dess delar: {}",
    "own_aggregation": "Dess delar vägs samman med: {}",
    "own_rescaling": "Skalas om enligt: {}",
    "question": "Fråga: {} ({})",
    "attribute": "Uppgiften {} i registret: ingen fråga, utan ett känt tal för varje myndighet",
    "asked": "Ställs: {}",
    "type": "Svar: {}",
    "single_choice": "ett av alternativen",
    "yes_no": "ja eller nej",
    "multiple_choice": "ett eller flera av alternativen",
    "whole_number": "ett heltal",
    "unit": "{}, enhet: {}",
    "scoring": "Poäng: {}",
    "range": "Lägsta och högsta poäng: {} och {}",
    "more": "Mer är bättre",
    "fewer": "Mindre är bättre: värdet byter tecken före normaliseringen",
    "item_source": "Frågans källa: {}",
    "note": "Anmärkning: {}",
    "option": "Alternativ",
    "value": "I data",
    "points": "Poäng",
    "alone": "Poäng om det väljs ensamt",
    "exclusive": "{} (utesluter de andra)",
    "exclusive_points": (
        "Ett alternativ som utesluter de andra ingår inte i den här poängsättningen: det ger lika "
        "mycket som att inte välja något av de andra, nämligen {}."
    ),
    "in_sum": "I en summa:",
    "elsewhere": "Annars:",
    "number_of_parts": "antalet delar i helheten",
    "stated_weight": "den angivna vikten",
    "formula_symbols": "Beteckningar: {}.",
    "is": "{}: {}",
    "reference": "Referens: {}",
    "families": "{}: {}",
    "scoring_family": "Poäng",
    "tables": "Tabeller",
    "table": "Tabell {}: {}, {}",
    "in_table": "se tabell {} sist på sidan",
    "number_of": "Nr",
    "class": "Klass",
    "percent": "{} %",
    "quoted": "”{}”",
    "span": "från {} till {}",
    "pair": "{} och {}",
    "chosen": "alla av {}",
    "not_chosen": "inget av {}",
    "point": ",",
}
