-- Arabic and Latin words in the forms under which they are stored and sought. Normal forms and light stems follow Lucene's
-- ArabicNormalizer and ArabicStemmer. The collation is named because the cluster's own may know no letters beyond ASCII.

create or replace function feed.normal_form(given text) returns text
language sql
immutable
strict
parallel safe
return translate(
    regexp_replace(
        casefold(normalize(given, nfkc) collate pg_catalog.pg_unicode_fast),
        '[\u064B-\u065F\u0670\u0640\u061C\u200B-\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'
    ),
    'أإآٱىةؤئگچپڤ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
    'اااايهويكجبف01234567890123456789'
);
comment on function feed.normal_form(text) is
'A text without vowel marks, lengthening strokes and invisible characters, with one form of each letter and digit.';

create or replace function feed.without_article(word text) returns text
language sql
immutable
strict
parallel safe
return regexp_replace(word, '^(?:(?:وال|بال|كال|فال|لل|ال)(?=.{2})|و(?=.{3}))', '');
comment on function feed.without_article(text) is 'An Arabic word in normal form without article and particles.';

create or replace function feed.arabic_stem(word text) returns text
language sql
immutable
strict
parallel safe
return substring(
    feed.without_article(word),
    '^(.{2,}?)(?:ي)?(?:ه)?(?:يه)?(?:ين)?(?:ون)?(?:ات)?(?:ان)?(?:ها)?$'
);
comment on function feed.arabic_stem(text) is 'An Arabic word in normal form without article, particles and endings.';

-- Written in Latin letters and digits, as Arabic is typed on the telephone ("3arabizi", Franco), a word shows its consonants
-- and little else. So both are brought to the consonants that either can show: emphatic letters fall together with plain ones,
-- vowels, hamza and ayn are left out, and doubled letters count once.
create or replace function feed.arabic_consonants(word text) returns text
language sql
immutable
strict
parallel safe
return regexp_replace(
    translate(word, 'صطضظذثحقءعاويى', 'ستدززسهك'),
    '(.)\1+', '\1', 'g'
);
comment on function feed.arabic_consonants(text) is 'The consonants of an Arabic word, as Latin spelling can show them.';

create or replace function feed.franco_consonants(word text) returns text
language sql
immutable
strict
parallel safe
return regexp_replace(
    translate(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            regexp_replace(regexp_replace(word, '^(?:el|al|il)(?=..)', ''), '(?<=.)h$', ''),
            '3''', 'غ'), '7''', 'خ'), '5''', 'خ'), '6''', 'ز'), '9''', 'د'),
            'kh', 'خ'), 'gh', 'غ'), 'sh', 'ش'), 'ch', 'ش'), 'th', 'س'), 'dh', 'ز'), 'ph', 'ف'),
        'btgjdrzsfklmnhqxcvp56789' || '234aeiouwy''',
        'بتججدرزسفكلمنهكككفب' || 'خ' || 'ت' || 'ه' || 'غ' || 'ك'
    ),
    '(.)\1+', '\1', 'g'
);
comment on function feed.franco_consonants(text) is 'The consonants of an Arabic word that is spelt in Latin letters and digits.';

create or replace function feed.words(given text) returns setof text
language sql
immutable
strict
parallel safe
rows 20
begin atomic
    select found.word[1]
    from regexp_matches(
        feed.normal_form(given) collate pg_catalog.pg_unicode_fast,
        '[[:alnum:]]+(?:''[[:alnum:]]+)*', 'g'
    ) as found (word)
    where found.word[1] not in ('el', 'al', 'il');
end;
comment on function feed.words(text) is 'The words of a text, in normal form; a Latin article that stands alone is none.';

create or replace function feed.is_arabic(word text) returns boolean
language sql
immutable
strict
parallel safe
return word ~ '[\u0621-\u064A]';
comment on function feed.is_arabic(text) is 'Whether a word has Arabic letters.';

create or replace function feed.is_franco(word text) returns boolean
language sql
immutable
strict
parallel safe
return word ~ '[a-z]' and word ~ '[2356789]' and word !~ '[0-9]{2}';
comment on function feed.is_franco(text) is 'Whether a Latin word uses digits for letters.';

create or replace function feed.stem(word text) returns text
language sql
immutable
strict
parallel safe
return case
    when feed.is_arabic(word) then feed.arabic_stem(word)
    else coalesce((pg_catalog.ts_lexize('pg_catalog.english_stem', word))[1], word)
end;
comment on function feed.stem(text) is 'The form of a word under which its inflections fall together.';

-- Besides its stem an Arabic word is stored under `~` and its consonants, with and without endings, which Latin queries seek,
-- and a Latin word with digits under `^` and its consonants, which Arabic queries seek.
create or replace function feed.lexemes(given text) returns tsvector
language sql
immutable
strict
parallel safe
return (
    select coalesce(array_to_tsvector(array_agg(distinct form.lexeme)), ''::tsvector)
    from feed.words(given) as w (word)
    cross join lateral (
        values
            (feed.stem(w.word)),
            (case when feed.is_arabic(w.word) then '~' || feed.arabic_consonants(feed.arabic_stem(w.word)) end),
            (case when feed.is_arabic(w.word) then '~' || feed.arabic_consonants(feed.without_article(w.word)) end),
            (case when feed.is_franco(w.word) then '^' || feed.franco_consonants(w.word) end)
    ) as form (lexeme)
    where length(form.lexeme) between 1 and 100
);
comment on function feed.lexemes(text) is 'What a text is found by.';

create or replace function feed.franco_variants(word text) returns text[]
language sql
immutable
strict
parallel safe
return array(
    select distinct feed.franco_consonants(v.spelling)
    from unnest(
        array[word, translate(word, '8', 'q'), translate(word, '9', 's'), translate(word, '2', 'q'),
            translate(word, '289', 'qqs')]
    ) as v (spelling)
    where length(feed.franco_consonants(v.spelling)) >= 2
);
comment on function feed.franco_variants(text) is
'The consonants that a Latin spelling can mean: 8 is ghayn or qaf, 9 sad or qaf, 2 hamza or qaf.';

create or replace function feed.forms_sought(word text, is_loose boolean) returns text[]
language sql
immutable
strict
parallel safe
return feed.stem(word) || case
    when not is_loose then '{}'
    when feed.is_arabic(word) then array['^' || feed.arabic_consonants(feed.arabic_stem(word))]
    else array(select '~' || v.consonants from unnest(feed.franco_variants(word)) as v (consonants))
end;
comment on function feed.forms_sought(text, boolean) is
'The lexemes that a word of a query stands for; loosely taken, also those of the other script.';

create or replace function feed.search_query(given text, is_loose boolean) returns tsquery
language sql
immutable
strict
parallel safe
return (
    select string_agg(
        '(' || (
            select string_agg(quote_literal(f.form), ' | ')
            from unnest(feed.forms_sought(w.word, is_loose)) as f (form)
        ) || ')',
        ' & '
    )::tsquery
    from (select distinct q.word from feed.words(given) as q (word) limit 10) as w
);
comment on function feed.search_query(text, boolean) is
'A query that finds texts with every word of this one, of which ten count; null for no words.';
