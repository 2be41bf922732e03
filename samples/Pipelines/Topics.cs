namespace Pipelines;

/// <summary>Made-up messages: common words, with now and then a word of the topic.</summary>
internal static class Topics
{
    private const string Common =
        "the a an of to and in with for on at by from as is was are were be been it this that these we you they he she not but or so very new old big small good bad "
        + "day week year time people work home city road book word question answer idea plan place side part end start morning evening";

    private static readonly (string Name, string[] Words)[] _topics =
    [
        ("sailing", "boat sail harbour wind mast crew anchor tide wave deck rope island".Split(' ')),
        ("cooking", "oven flour butter salt recipe soup bake garlic pan onion sauce dough".Split(' ')),
        ("astronomy", "star planet telescope orbit comet galaxy moon eclipse lens sky probe nebula".Split(' ')),
        ("gardening", "seed soil rose hedge prune compost spade bloom lawn weed root greenhouse".Split(' ')),
        ("music", "violin chord melody drum tempo choir concert piano rhythm string opera tune".Split(' ')),
        ("cycling", "wheel pedal gear brake saddle chain sprint climb helmet tyre spoke lane".Split(' ')),
        ("medicine", "nurse fever dose clinic pulse vaccine surgeon bandage symptom blood therapy ward".Split(' ')),
        ("banking", "loan interest account deposit credit branch mortgage fee transfer balance coin vault".Split(' ')),
        ("weather", "storm rain cloud frost thunder breeze humid forecast snow drought fog hail".Split(' ')),
        ("chess", "pawn bishop rook knight castle checkmate queen opening gambit board endgame clock".Split(' ')),
        ("railways", "train platform signal track locomotive ticket carriage tunnel station timetable rail freight".Split(' ')),
        ("printing", "ink paper press page margin font bind plate proof sheet type cover".Split(' ')),
        ("fishing", "hook bait trout river net reel salmon pond angler lure float catch".Split(' ')),
        ("law", "judge court verdict appeal witness statute jury trial clause contract plea oath".Split(' ')),
        ("football", "goal penalty striker keeper referee corner pitch league match whistle tackle offside".Split(' ')),
        ("painting", "canvas brush easel pigment portrait sketch palette fresco varnish gallery oil charcoal".Split(' ')),
        ("geology", "basalt quartz fault magma granite crystal fossil erosion strata mineral lava crater".Split(' ')),
        ("beekeeping", "hive honey queen swarm wax nectar drone frame pollen smoker comb apiary".Split(' ')),
        ("theatre", "stage curtain actor scene rehearsal script costume audience act dialogue prompt mask".Split(' ')),
        ("programming", "compiler loop variable thread stack pointer class method bug debugger syntax array".Split(' ')),
    ];

    public static IEnumerable<(string Text, string Topic)> Make(int count)
    {
        var random = new Random(1);
        string[] common = Common.Split(' ');
        for (int i = 0; i < count; i++)
        {
            (string name, string[] words) = _topics[random.Next(_topics.Length)];

            // A word of its topic in five, and one of any topic in ten.
            IEnumerable<string> text = Enumerable.Range(0, random.Next(8, 25)).Select(_ => random.Next(10) switch
            {
                0 or 1 => words[random.Next(words.Length)],
                2 => _topics[random.Next(_topics.Length)].Words[random.Next(12)],
                _ => common[random.Next(common.Length)],
            });
            yield return (string.Join(' ', text), name);
        }
    }
}
